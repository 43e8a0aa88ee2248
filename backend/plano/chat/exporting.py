"""The file of a copy: JSON for programs, pages for people without a network, written as it goes. Pure.

The pages hold no script, ask for nothing from elsewhere, and show what was typed as text, whatever it looks like.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, BinaryIO, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from plano.chat.schemas.exports import ExportedConversation, ExportedDecision, ExportedMessage

PER_PAGE = 2_000
_LINK = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]")
_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_YEAR = {
    "fr": "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}
_MONTHS = {language: names.split(",") for language, names in _YEAR.items()}
_WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "export": "Copie de la conversation",
        "of": "Espace",
        "by": "Demandée par",
        "at": "Le",
        "messages": "Messages",
        "pages": "Pages",
        "pinned": "Messages épinglés",
        "decisions": "Décisions",
        "index": "Sommaire",
        "edited": "modifié",
        "deleted": "Message supprimé",
        "before": "Disait auparavant",
        "reply": "Réponse dans un fil",
        "files": "Fichiers",
        "unreadable": "document non visible pour la personne qui a demandé cette copie",
        "poll": "Sondage",
        "event": "Événement",
        "empty": "Aucun message.",
        "machine": "Les mêmes messages pour un programme : conversation.json, décrit par schema.json.",
    },
    "en": {
        "export": "Copy of the conversation",
        "of": "Workspace",
        "by": "Asked for by",
        "at": "On",
        "messages": "Messages",
        "pages": "Pages",
        "pinned": "Pinned messages",
        "decisions": "Decisions",
        "index": "Contents",
        "edited": "edited",
        "deleted": "Message deleted",
        "before": "Said before",
        "reply": "Reply in a thread",
        "files": "Files",
        "unreadable": "a document that the person who asked for this copy may not see",
        "poll": "Poll",
        "event": "Event",
        "empty": "No message.",
        "machine": "The same messages for a program: conversation.json, described by schema.json.",
    },
}
_STYLE = """:root{color-scheme:light dark}body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.55 system-ui,
sans-serif}h1{font-size:1.5rem}h2{margin-top:2.5rem;font-size:1.1rem}article{padding:.6rem 0;border-top:1px solid
#8884}article.reply{margin-left:1.5rem}header{font-size:.9rem}.words{white-space:pre-wrap;overflow-wrap:anywhere}
.note,time{color:GrayText;font-size:.85rem}ul{padding-left:1.2rem}nav a{margin-right:1rem}"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class About:
    """What a copy is of, and for whom."""

    head: Mapping[str, Any]
    title: str
    workspace: str
    asked_by: str
    at: datetime
    language: str
    zone: str


@dataclass
class _Page:
    name: str
    month: tuple[int, int]
    part: int
    count: int = 0


Pages = Callable[[], Iterator[list[ExportedMessage]]]
Names = Callable[[set[UUID]], dict[UUID, str]]


def write(
    out: BinaryIO, about: About, pages: Pages, decisions: Callable[[], Iterable[ExportedDecision]], names: Names
) -> None:
    """The whole archive; `pages` is asked twice, once for each form, and `names` for people as they come."""
    with zipfile.ZipFile(cast("BinaryIO", _Forward(out)), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with _entry(archive, "schema.json", about.at) as file:
            file.write(json.dumps(ExportedConversation.model_json_schema(), ensure_ascii=False, indent=1).encode())
        with _entry(archive, "conversation.json", about.at) as file:
            _json(file, about, pages, decisions, names)
        book, pinned = _html(archive, about, pages, names)
        with _entry(archive, "index.html", about.at) as file:
            file.write(_index(about, book, pinned, decisions()).encode())


def _json(
    file: Any, about: About, pages: Pages, decisions: Callable[[], Iterable[ExportedDecision]], names: Names
) -> None:
    head = json.dumps(about.head, ensure_ascii=False)
    file.write(f'{head[:-1]}, "messages": [\n'.encode())
    people: set[UUID] = set()
    first = True
    for page in pages():
        for message in page:
            people |= {message.author, *(one for each in message.reactions for one in each.people)}
            file.write((b"" if first else b",\n") + message.model_dump_json().encode())
            first = False
    file.write(b'\n], "decisions": [\n')
    for number, one in enumerate(decisions()):
        people |= {one.noted_by, *one.decided_by}
        file.write((b",\n" if number else b"") + one.model_dump_json().encode())
    known = [{"id": str(id), "name": name} for id, name in sorted(names(people).items(), key=lambda item: item[1])]
    file.write(b'\n], "people": ' + json.dumps(known, ensure_ascii=False).encode() + b"}\n")


def _html(
    archive: zipfile.ZipFile, about: About, pages: Pages, names: Names
) -> tuple[list[_Page], list[tuple[str, ExportedMessage]]]:
    """One page per month, or several of a long one: each is whole before the next begins."""
    zone = ZoneInfo(about.zone)
    book: list[_Page] = []
    pinned: list[tuple[str, ExportedMessage]] = []
    file: Any = None
    day = None
    try:
        for page in pages():
            known = names({message.author for message in page})
            for message in page:
                at = message.created_at.astimezone(zone)
                month = (at.year, at.month)
                if not book or book[-1].month != month or book[-1].count >= PER_PAGE:
                    if file is not None:
                        file.write(_END)
                        file.close()
                    same = sum(one.month == month for one in book)
                    name = f"{at.year:04}-{at.month:02}{f'-{same + 1}' if same else ''}.html"
                    book.append(_Page(name, month, same + 1))
                    file = _entry(archive, f"pages/{name}", about.at)
                    file.write(_begin(about, _month(month, about.language), up="../index.html").encode())
                    day = None
                if at.date() != day:
                    day = at.date()
                    file.write(f"<h2>{escape(_day(at, about.language))}</h2>\n".encode())
                book[-1].count += 1
                file.write(_article(message, at, known, about.language).encode())
                if message.pinned_at is not None and message.deleted_at is None:
                    pinned.append((book[-1].name, message))
        if file is not None:
            file.write(_END)
    finally:
        if file is not None:
            file.close()
    return book, pinned


def _article(message: ExportedMessage, at: datetime, known: Mapping[UUID, str], language: str) -> str:
    words = _WORDS[language]
    notes = []
    if message.edited_at is not None and message.deleted_at is None:
        notes.append(words["edited"])
    if message.thread is not None:
        notes.append(words["reply"])
    head = f"<strong>{escape(known.get(message.author, ''))}</strong> "
    head += f'<time datetime="{message.created_at.isoformat()}">{at:%H:%M}</time>'
    head += "".join(f' <span class="note">({escape(note)})</span>' for note in notes)
    parts = [f"<header>{head}</header>"]
    if message.deleted_at is not None:
        parts.append(f'<p class="note">{words["deleted"]}</p>')
    elif message.event is not None:
        people = ", ".join(one.get("name", "") for one in message.event.get("people", []))
        told = " · ".join(part for part in (str(message.event.get("verb", "")), people) if part)
        parts.append(f'<p class="note">{words["event"]} : {escape(told)}</p>')
    else:
        parts.append(f'<div class="words">{_text(message.text)}</div>')
    if message.poll is not None:
        lines = [f"<li>{escape(one['text'])} : {int(one['count'])}</li>" for one in message.poll.get("options", [])]
        parts.append(f"<p>{words['poll']}</p><ul>{''.join(lines)}</ul>")
    if message.files:
        lines = [
            f"<li>{escape(one.name)} <span class='note'>SHA-256 {escape(one.sha256 or '')}</span></li>"
            if one.name is not None
            else f"<li class='note'>{words['unreadable']}</li>"
            for one in message.files
        ]
        parts.append(f"<p>{words['files']}</p><ul>{''.join(lines)}</ul>")
    if message.reactions:
        signs = " ".join(f"{escape(one.emoji)} {one.count}" for one in message.reactions)
        parts.append(f'<p class="note">{signs}</p>')
    for one in message.revisions:
        parts.append(f'<details><summary class="note">{words["before"]}</summary>')
        parts.append(f'<div class="words">{escape(one.text)}</div></details>')
    kind = ' class="reply"' if message.thread is not None else ""
    return f'<article id="m-{message.number}"{kind}>{"".join(parts)}</article>\n'


def _text(text: str) -> str:
    """What was typed, with its addresses as links."""
    parts, at = [], 0
    for match in _LINK.finditer(text):
        address = escape(match[0])
        parts.append(escape(text[at : match.start()]))
        parts.append(f'<a href="{address}" rel="noopener noreferrer nofollow">{address}</a>')
        at = match.end()
    return "".join([*parts, escape(text[at:])])


def _index(
    about: About,
    book: list[_Page],
    pinned: list[tuple[str, ExportedMessage]],
    decisions: Iterable[ExportedDecision],
) -> str:
    words, language = _WORDS[about.language], about.language
    at = about.at.astimezone(ZoneInfo(about.zone))
    facts = [
        (words["of"], about.workspace),
        (words["by"], about.asked_by),
        (words["at"], f"{_day(at, language)}, {at:%H:%M}"),
        (words["messages"], str(sum(page.count for page in book))),
    ]
    lines = [f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts]
    out = [_begin(about, words["export"]), f"<dl>{''.join(lines)}</dl><p class='note'>{words['machine']}</p>"]
    links = [f'<li><a href="pages/{one.name}">{escape(_label(one, language))}</a> ({one.count})</li>' for one in book]
    out.append(f"<h2>{words['pages']}</h2>" + (f"<ul>{''.join(links)}</ul>" if links else f"<p>{words['empty']}</p>"))
    if pinned:
        links = [f'<li><a href="pages/{page}#m-{one.number}">{escape(one.text[:120])}</a></li>' for page, one in pinned]
        out.append(f"<h2>{words['pinned']}</h2><ul>{''.join(links)}</ul>")
    noted = [f"<li>n° {one.number}, {one.decided_on} : {escape(one.text)}</li>" for one in decisions]
    if noted:
        out.append(f"<h2>{words['decisions']}</h2><ul>{''.join(noted)}</ul>")
    return "".join(out) + _END.decode()


def _begin(about: About, heading: str, *, up: str | None = None) -> str:
    title = f"{about.title} : {heading}"
    back = f'<nav><a href="{up}">{_WORDS[about.language]["index"]}</a></nav>' if up else ""
    return (
        f'<!doctype html>\n<html lang="{about.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{back}<main><h1>{escape(title)}</h1>\n"
    )


_END = b"</main></body></html>\n"


def _label(page: _Page, language: str) -> str:
    return _month(page.month, language) + (f" ({page.part})" if page.part > 1 else "")


def _month(month: tuple[int, int], language: str) -> str:
    return f"{_MONTHS[language][month[1] - 1]} {month[0]}"


def _day(at: datetime, language: str) -> str:
    day = "1er" if language == "fr" and at.day == 1 else str(at.day)
    return f"{_DAYS[language][at.weekday()]} {day} {_month((at.year, at.month), language)}"


def _entry(archive: zipfile.ZipFile, name: str, at: datetime) -> Any:
    info = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100644 << 16
    return archive.open(info, "w", force_zip64=True)


class _Forward:
    """A file that only goes forward, as zipfile takes it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, data: Any) -> int:
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """The store flushes once, at the end."""
