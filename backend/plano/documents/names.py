"""Names of folders and documents: cleaned at the door, never a path (R-71, documents-3)."""

import unicodedata
from datetime import datetime

from plano.kernel.errors import Invalid
from plano.kernel.text import clean_line, folded

MAX_BYTES = 255
MONTHS = (
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)


def clean(name: str) -> str:
    """The name as it is shown. Control and bidirectional marks go; what could be a path is refused."""
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cs", "Co"))
    if "/" in name or "\\" in name:
        raise _refused("name_has_slash")
    name = clean_line(name, squeeze=False)  # two spaces in a name are its author's: other programs compare
    if not name or name in (".", ".."):
        raise _refused("name_missing")
    if len(name.encode()) > MAX_BYTES:
        raise _refused("name_too_long")
    return name


def key(name: str) -> str:
    """Two names with the same key are the same name: case, accent form, trailing dots and spaces do not count."""
    return folded(name).rstrip(". ") or folded(name)


def numbered(name: str, count: int) -> str:
    """`Plan (2).odt`."""
    return marked(name, str(count))


def conflicting(name: str, author: str, language: str, at: datetime) -> str:
    """`Plan (conflit de Alice Martin, 23 nov. 2026 19 h 30).odt`, at the writer's own hour."""
    author = "".join(c for c in author if c not in '/\\<>:"|?*')[:60].strip()
    month = MONTHS[language == "en"].split()[at.month - 1]
    if language == "en":
        return marked(name, f"conflict of {author}, {at.day} {month} {at.year} {at.hour}.{at.minute:02}")
    return marked(name, f"conflit de {author}, {at.day} {month} {at.year} {at.hour} h {at.minute:02}")


def marked(name: str, mark: str) -> str:
    """The mark goes before the extension, and the whole stays within the limit."""
    stem, extension = split(name)
    mark = f" ({mark})"
    room = MAX_BYTES - len((mark + extension).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip() + mark + extension


def split(name: str) -> tuple[str, str]:
    """Name and extension with its dot; an extension is at most 10 characters."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or not 1 <= len(extension) <= 10 or " " in extension:
        return name, ""
    return stem, dot + extension


def _refused(code: str) -> Invalid:
    return Invalid(code, errors={"name": code})
