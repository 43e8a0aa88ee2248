"""What a password may be (R-20, R-21). Refusals carry a reason; nothing is asked of any network."""

import gzip
import itertools
import re
import secrets
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from plano.accounts.options import password_min_length
from plano.kernel.errors import Invalid

LONGEST = 1024
_LIST = Path(__file__).parent / "data" / "refused-passwords.txt.gz"
_HOUSE_WORDS = (
    "plano", "ministere", "prefecture", "gouv", "gouvernement", "interieur", "administration", "republique",
    "francaise", "service", "public", "bureau", "motdepasse", "password",
)  # fmt: skip
_KEYBOARDS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop", "qsdfghjklm", "wxcvbn",
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1aqw2zsx3edc4rfv5tgb6yhn7uj8ik9ol0pm",
)  # fmt: skip
_NEIGHBOURS = frozenset(pair for row in _KEYBOARDS for a, b in itertools.pairwise(row) for pair in (a + b, b + a))


class Reason(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "password_too_short"
    TOO_LONG = "password_too_long"
    COMMON = "password_common"
    CONTEXT = "password_context"
    REPEATED = "password_repeated"
    SEQUENCE = "password_sequence"


@dataclass(frozen=True)
class Context:
    """What is known of the person: none of it makes a password."""

    identifier: str
    name: str
    email: str | None
    is_admin: bool = False

    def words(self) -> set[str]:
        found = re.findall(r"[a-z0-9]+", _fold(f"{self.identifier} {self.name} {self.email or ''}"))
        return {w for w in (*found, *_HOUSE_WORDS) if len(w) >= 3}


def normal(password: str) -> str:
    """The form that is hashed: NFC, whole (R-20)."""
    return unicodedata.normalize("NFC", password)


def require_acceptable(password: str, context: Context, *, field: str = "password") -> None:
    """Raise `password_refused` with the reason on the field."""
    reason = refusal(password, context)
    if reason is None:
        return
    errors: dict[str, str | int] = {field: reason.value}
    if reason is Reason.TOO_SHORT:
        errors["min_length"] = password_min_length(is_admin=context.is_admin)
    raise Invalid("password_refused", errors=errors)


def refusal(password: str, context: Context) -> Reason | None:
    """The first reason against this password, or None."""
    text = normal(password)
    if len(text) > LONGEST:
        return Reason.TOO_LONG
    if len(text) < password_min_length(is_admin=context.is_admin):
        return Reason.TOO_SHORT
    folded = _fold(text)
    compact = re.sub(r"[\W_]+", "", folded)
    if _is_repeated(folded) or _is_repeated(compact):
        return Reason.REPEATED
    if _is_sequence(compact):
        return Reason.SEQUENCE
    if _is_context(compact, context.words()):
        return Reason.CONTEXT
    if _is_common(folded, compact):
        return Reason.COMMON
    return None


def generate() -> str:
    """A password that nobody chose, for demonstrations and resets by command: 24 letters and digits, 142 bits."""
    alphabet = string.ascii_letters + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(24))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _is_repeated(text: str) -> bool:
    if len(set(text)) < 5:
        return True
    return any(text == (text[:size] * (len(text) // size + 1))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _is_sequence(text: str) -> bool:
    pairs = [text[i : i + 2] for i in range(len(text) - 1)]
    walked = sum(pair in _NEIGHBOURS or pair[0] == pair[1] for pair in pairs)
    return bool(pairs) and walked / len(pairs) >= 0.7


def _is_context(text: str, words: Iterable[str]) -> bool:
    rest = text
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != text and len(re.sub(r"[\d\s]", "", rest)) < 8


def _is_common(folded: str, compact: str) -> bool:
    """In the list as it is, or a word of the list with digits and signs around, or one such word said again."""
    letters = set(re.findall(r"[^\W\d_]+", folded))
    core = re.sub(r"^[\d\W_]+|[\d\W_]+$", "", folded)
    candidates = {folded, compact, core, _without_leet(compact), _without_leet(core)}
    if len(letters) == 1:
        candidates |= letters
    refused = _refused()
    return any(f"\n{word}\n".encode() in refused for word in candidates if len(word) >= 4)


def _without_leet(text: str) -> str:
    return text.translate(str.maketrans("0134578@$", "oleastbas"))


def _refused() -> bytes:
    """Read for each check and not kept: 20 ms, seldom, instead of 5 MB for ever."""
    return gzip.decompress(_LIST.read_bytes())
