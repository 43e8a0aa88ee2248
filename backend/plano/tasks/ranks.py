"""Order by fractional ranks: a place between two neighbours without touching either (tasks-1).

A rank is a head of six base-62 digits, then a fraction. Ends grow by counting in the head, so a long list keeps short
ranks; only insertion at the same place again and again lengthens them, and `spread` repairs that.
"""

import secrets

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
HEAD = 6
MIDDLE = BASE**HEAD // 2
LOT = 6
LONGEST = 48
"""Past this length the neighbourhood is renumbered; the column of the table holds more than twice as much."""


def between(before: str | None, after: str | None) -> str:
    """A rank strictly between two; None is the open end."""
    return spread(before, after, 1)[0]


def at_end(last: str | None) -> str:
    """A rank after the last one, with a fraction drawn by lot: whoever adds at the same moment gets another one."""
    return between(last, None) + "".join(secrets.choice(DIGITS) for _ in range(LOT - 1)) + secrets.choice(DIGITS[1:])


def spread(before: str | None, after: str | None, count: int) -> list[str]:
    """`count` ranks in order, strictly between two, as short and as even as can be."""
    if after is None:
        first = MIDDLE if before is None else _number(before[:HEAD], HEAD) + 1
        return [_text(first + step, HEAD) for step in range(count)]
    if before is None:
        last = _number(after[:HEAD], HEAD) - 1
        return [_text(last - step, HEAD) for step in reversed(range(count))]
    digits = max(len(before), len(after))
    while True:
        low, high = _number(before, digits), _number(after, digits)
        if high - low > count:
            gap = high - low
            return [_trimmed(_text(low + gap * (step + 1) // (count + 1), digits)) for step in range(count)]
        digits += 1


def _number(rank: str, digits: int) -> int:
    value = 0
    for digit in rank.ljust(digits, DIGITS[0]):
        value = value * BASE + DIGITS.index(digit)
    return value


def _text(value: int, digits: int) -> str:
    found = ""
    for _ in range(digits):
        value, digit = divmod(value, BASE)
        found = DIGITS[digit] + found
    return found


def _trimmed(rank: str) -> str:
    """A fraction never ends with a zero: two texts are then never the same number."""
    return rank[:HEAD] + rank[HEAD:].rstrip(DIGITS[0])
