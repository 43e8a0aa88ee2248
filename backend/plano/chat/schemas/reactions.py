"""One sign in answer to a message, and who gave it."""

import re

from plano.accounts.schemas import PersonOut
from plano.kernel.errors import Invalid
from plano.kernel.schemas import Out

# One sign as Unicode makes them (UTS 51): a picture, a tone, parts joined; a key; two letters of a flag. No words.
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f004-\U0001f1ad\U0001f201-\U0001f3fa\U0001f400-\U0001faff]"
)
_PART = f"{_PICTURE}(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?(?:[\U000e0020-\U000e007e]{{1,8}}\U000e007f)?"
_SIGN = re.compile(f"(?:{_PART}(?:\u200d{_PART}){{0,6}}|[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}})")


def one_sign(value: str) -> str:
    """A single emoji, or Invalid."""
    if len(value) > 40 or not _SIGN.fullmatch(value):
        raise Invalid("not_an_emoji", errors={"emoji": "not_an_emoji"})
    return value


class ReactionOut(Out):
    """Everybody who gave one sign, in the order they did."""

    emoji: str
    people: list[PersonOut]


class FrequentOut(Out):
    """The signs that I give most, the most frequent first."""

    items: list[str]
