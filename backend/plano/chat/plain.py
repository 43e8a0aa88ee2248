"""The words of a Markdown text, for what shows no Markdown: titles, files that are taken away."""

from markdown_it import MarkdownIt


def plain(text: str) -> str:
    """The words of a Markdown text, without its signs; control characters that XML refuses are gone already."""
    lines: list[str] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "inline":
            pieces = (
                "\n" if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or []
            )
            lines.append("".join(pieces))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n".join(lines) or text


def beginning(text: str, limit: int = 80) -> str:
    """Its first words on one line."""
    return " ".join(plain(text).split())[:limit]
