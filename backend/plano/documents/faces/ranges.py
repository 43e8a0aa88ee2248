"""`Range` and `If-Range` (RFC 9110, section 14): one range; several are answered with the whole."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True)
class Part:
    """`length` bytes from `start` of `size`."""

    start: int
    length: int
    size: int

    @property
    def content_range(self) -> str:
        return f"bytes {self.start}-{self.start + self.length - 1}/{self.size}"


class NotSatisfiable(Exception):
    """416: the range begins past the end."""


def wanted(header: str, if_range: str, *, tag: str, size: int) -> Part | None:
    """The part asked for, or None for the whole."""
    if not header or (if_range and if_range != tag):
        return None
    match = _ONE.fullmatch(header.strip())
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        length = min(int(match[2]), size)
        if length == 0:
            raise NotSatisfiable
        return Part(size - length, length, size)
    start = int(match[1])
    end = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < start:
        return None  # not a range at all
    if start >= size:
        raise NotSatisfiable
    return Part(start, end - start + 1, size)
