"""Text from people: normalised once, at the door."""

import re
import unicodedata

# Bidirectional controls can make a name read as another one; zero-width joiners are kept, scripts need them.
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def nfc(text: str) -> str:
    """Unicode normal form C, without the null character that PostgreSQL refuses."""
    return unicodedata.normalize("NFC", text).replace("\x00", "")


def clean_line(text: str, *, squeeze: bool = True) -> str:
    """One line: no control or bidirectional characters, trimmed; single spaces unless told to leave them."""
    text = nfc(text).translate(_BIDI)
    text = _CONTROLS.sub(" ", text)
    return (_SPACES.sub(" ", text) if squeeze else text).strip()


def clean_text(text: str) -> str:
    """Several lines: line ends as \\n, no other control characters than tab; spaces are the author's own."""
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").translate(_BIDI)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


def folded(text: str) -> str:
    """The key under which two names are the same: NFC, case-folded (documents-3)."""
    return unicodedata.normalize("NFC", nfc(text).casefold())


ELISIONS = frozenset({"l", "d", "s", "n", "m", "t", "j", "c", "qu"})
"""What stands before an apostrophe in French: no word of its own for a search."""


def singular(word: str) -> str:
    """Without the plural's last letter: « annexes » then finds « Annexe » and « plan-annexe.odt »."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def slugify(text: str, *, limit: int = 60) -> str:
    """Lower-case ASCII letters, digits and hyphens; may be empty when nothing remains."""
    ascii_text = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:limit].strip("-")


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless_cell(cell: str) -> str:
    """A cell that a spreadsheet would calculate is text (CSV injection)."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
