"""What a person types to find messages: words, « phrases », `-exclusions`, and operators in French and English.

Only known operators are operators: `https://…`, `10:30` and `objet:` are words like any other.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from plano.kernel.text import ELISIONS, clean_line

Operator = Literal["from", "in", "before", "after", "since", "on", "has", "names"]
Feature = Literal["file", "link", "poll", "pinned"]

_SPELT: dict[Operator, tuple[str, ...]] = {
    "from": ("de", "from"),
    "in": ("dans", "in"),
    "before": ("avant", "before"),
    "after": ("apres", "after"),
    "since": ("depuis", "since"),
    "on": ("le", "on"),
    "has": ("avec", "has"),
    "names": ("mentionne", "mentions"),
}
OPERATORS: dict[str, Operator] = {word: name for name, words in _SPELT.items() for word in words}
_FEATURES: dict[Feature, tuple[str, ...]] = {
    "file": ("fichier", "fichiers", "file", "files", "piece", "document"),
    "link": ("lien", "liens", "link", "links"),
    "poll": ("sondage", "sondages", "poll", "polls"),
    "pinned": ("epingle", "epingles", "epinglee", "pinned", "pin"),
}
FEATURES: dict[str, Feature] = {word: name for name, words in _FEATURES.items() for word in words}
ME = frozenset({"moi", "me"})
# What the French list of words that say nothing forgets.
_SMALL = ELISIONS | {"les"}
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
_ENGLISH_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_BACK = {"aujourd'hui": 0, "aujourdhui": 0, "today": 0, "hier": 1, "yesterday": 1, "avant-hier": 2}
_ITEM = re.compile(r'(-?)(?:([^\W\d_]+):)?(?:"([^"]*)"?|«\s*([^»]*)»?|(\S+))')
_WORD = re.compile(r"[^\W_]+")
MOST_WORDS, MOST_VALUES = 12, 10


@dataclass(frozen=True)
class Value:
    """What stands after an operator; `without` with a minus before it."""

    text: str
    without: bool = False


@dataclass(frozen=True)
class Problem:
    """A value that its operator does not understand."""

    operator: Operator
    value: str


@dataclass
class Asked:
    """A question, understood. Days are [from, to) in the asker's own time."""

    words: list[list[str]] = field(default_factory=list)
    """Each entry is one word, or several that follow each other."""
    without: list[list[str]] = field(default_factory=list)
    authors: list[Value] = field(default_factory=list)
    places: list[Value] = field(default_factory=list)
    names: list[Value] = field(default_factory=list)
    features: list[tuple[Feature, bool]] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.has_operators)

    @property
    def has_operators(self) -> bool:
        values = (self.authors, self.places, self.names, self.features, self.problems)
        return any(values) or self.since is not None or self.until is not None


def plain(text: str) -> str:
    """Without accents and capitals, as names are compared."""
    split = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(char for char in split if not unicodedata.combining(char))


def understood(text: str, today: date) -> Asked:
    """Read a question. `today` is the asker's."""
    asked = Asked()
    for minus, key, quoted, french, bare in _ITEM.findall(clean_line(text)):
        operator = OPERATORS.get(plain(key))
        value = (quoted or french or bare).strip()
        without = minus == "-"
        if bare.endswith(":") and plain(bare.lstrip("-")[:-1]) in OPERATORS:
            continue  # its value is still to be typed
        if operator is None:
            _words(asked, f"{key} {value}" if key else value, without, quoted=bool(quoted or french))
        elif value not in ("", '"', "«"):
            _operator(asked, operator, value, without, today)
    asked.words = asked.words[:MOST_WORDS]
    return asked


def _words(asked: Asked, text: str, without: bool, *, quoted: bool) -> None:
    words = _WORD.findall(text)
    if not quoted:
        words = [word for word in words if plain(word) not in _SMALL] or words
    if not words:
        return
    if without:
        asked.without.append(words)
    elif quoted or _is_one(text):
        asked.words.append(words[:MOST_WORDS])
    else:
        asked.words.extend([word] for word in words)


def _is_one(text: str) -> bool:
    """An address, a host, a reference: its parts follow each other. An apostrophe parts words."""
    return re.search(r"\w[./:@#_-]+\w", text) is not None and not re.search(r"['’]", text)


def _operator(asked: Asked, operator: Operator, value: str, without: bool, today: date) -> None:
    if operator in ("from", "in", "names"):
        values = {"from": asked.authors, "in": asked.places, "names": asked.names}[operator]
        if len(values) < MOST_VALUES:
            values.append(Value(value.lstrip("@#"), without))
    elif operator == "has":
        feature = FEATURES.get(plain(value))
        if feature is None:
            asked.problems.append(Problem(operator, value))
        else:
            asked.features.append((feature, without))
    else:
        found = day(value, today)
        if found is None or without:
            asked.problems.append(Problem(operator, value))
            return
        first, after = found
        if operator == "before":
            asked.until = min(asked.until or first, first)
        elif operator == "on":
            asked.since, asked.until = max(asked.since or first, first), min(asked.until or after, after)
        else:
            since = after if operator == "after" else first
            asked.since = max(asked.since or since, since)


def day(text: str, today: date) -> tuple[date, date] | None:
    """The first day of what was written, and the first one after it: a day, a month or a year."""
    text = plain(text).replace("’", "'").strip()
    if text in _BACK:
        return _one(today - timedelta(days=_BACK[text]))
    for days in (_DAYS, _ENGLISH_DAYS):
        if text in days:
            return _one(today - timedelta(days=(today.weekday() - days.index(text)) % 7))
    for names in (_MONTHS, _ENGLISH_MONTHS):
        word, _, year = text.partition(" ")
        if word in names and (not year or year.isdecimal()):
            month = names.index(word) + 1
            return _month(int(year) if year else today.year - (month > today.month), month)
    if not text.isascii():
        return None
    parts = re.split(r"[/.-]", text)
    if not all(part.isdigit() and len(part) <= 4 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) < 4:
        numbers.reverse()
    if len(numbers) == 2 and max(map(len, parts)) < 4:  # 4/3: of this year, or of the last one
        found = _of(today.year, *numbers)
        return found if found is None or found[0] <= today else _of(today.year - 1, *numbers)
    if len(numbers) == 1 and len(parts[0]) != 4:
        return None
    if numbers[0] < 100:
        numbers[0] += 2000
    return _of(*numbers)


def _of(year: int, month: int = 0, number: int = 0) -> tuple[date, date] | None:
    try:
        if number:
            return _one(date(year, month, number))
        return _month(year, month) if month else (date(year, 1, 1), date(year + 1, 1, 1))
    except (ValueError, OverflowError):
        return None


def _month(year: int, month: int) -> tuple[date, date] | None:
    try:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None


def _one(found: date) -> tuple[date, date]:
    return found, found + timedelta(days=1)
