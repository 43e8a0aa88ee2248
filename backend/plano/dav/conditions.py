"""`If`, `If-Match`, `If-None-Match`: whether the world is still as the program believes (RFC 4918, 10.4; RFC 9110, 13).

All are judged here, before anything else is done, for every method alike. The state tokens of `If` are also what the
program presents to locks.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from plano.accounts.models import User
from plano.dav.locking import Active, active_on
from plano.dav.paths import segments_of
from plano.dav.tree import Spot, entity_tag, locate
from plano.kernel.errors import DomainError, Invalid, PreconditionFailed

_TOKEN = re.compile(r'\s*(?:(<[^<>\s]*>)|(\()|(\))|(\[(?:W/)?"[^"]*"\])|([Nn][Oo][Tt])(?=[\s<\[]))')


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: an entity tag or a state token, wanted or not."""

    value: str
    is_tag: bool
    wanted: bool


@dataclass(slots=True)
class If:
    """Lists of terms, each for the resource of its tag or for that of the request. One true list is enough."""

    lists: list[tuple[str | None, list[Term]]] = field(default_factory=list)

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset(term.value for _, terms in self.lists for term in terms if not term.is_tag)


def parse(header: str) -> If:
    """The header, or Invalid when it is not one."""
    found, wanted, at = If(), True, 0
    tag: str | None = None
    terms: list[Term] | None = None
    if len(header) > 8000:
        raise Invalid("invalid_condition")
    while at < len(header.rstrip()):
        match = _TOKEN.match(header, at)
        if match is None:
            raise Invalid("invalid_condition")
        at = match.end()
        angle, opens, closes, etag, _ = match.groups()
        if terms is None:
            if angle:
                tag = angle[1:-1]
            elif opens:
                terms = []
            else:
                raise Invalid("invalid_condition")
        elif angle or etag:
            terms.append(Term(angle[1:-1] if angle else etag[1:-1], bool(etag), wanted))
            wanted = True
        elif closes:
            if not terms or not wanted:
                raise Invalid("invalid_condition")
            found.lists.append((tag, terms))
            terms = None
        elif opens:
            raise Invalid("invalid_condition")
        else:
            wanted = False
    if terms is not None or not found.lists:
        raise Invalid("invalid_condition")
    return found


def on_content(headers: dict[str, str]) -> bool:
    """Whether the program says which content it started from. A lock's token alone does not."""
    return bool({"if-match", "if-none-match"} & headers.keys()) or "[" in headers.get("if", "")


def judge(actor: User, spot: Spot, headers: dict[str, str]) -> frozenset[str]:
    """412 when a condition fails; else the lock tokens that the program presents."""
    _judge_tags(spot, headers)
    if "if" not in headers:
        return frozenset()
    said = parse(headers["if"])
    if not any(_is_true(actor, spot, tag, terms) for tag, terms in said.lists):
        raise PreconditionFailed
    return said.tokens


def tag_of(spot: Spot) -> str | None:
    """The entity tag of a document, with its quotes."""
    if not spot.exists or spot.entry is None or spot.is_folder:
        return None
    return entity_tag(spot.entry.sha256)


def _judge_tags(spot: Spot, headers: dict[str, str]) -> None:
    tag = tag_of(spot)
    wanted = _tags(headers.get("if-match", ""))
    if wanted and not ("*" in wanted and spot.exists) and tag not in wanted:
        raise PreconditionFailed
    unwanted = _tags(headers.get("if-none-match", ""))
    if unwanted and (("*" in unwanted and spot.exists) or (tag is not None and tag in unwanted)):
        raise PreconditionFailed


def _tags(header: str) -> list[str]:
    return [part.strip().removeprefix("W/") for part in header.split(",") if part.strip()]


def _is_true(actor: User, spot: Spot, tag: str | None, terms: list[Term]) -> bool:
    there = spot
    if tag is not None:
        try:
            there = locate(actor, segments_of(urlsplit(tag).path.encode("latin1")))
        except (DomainError, UnicodeEncodeError):
            return False
    tokens = {lock.held.token for lock in locks_on(actor, there)}
    etag = tag_of(there)
    return all((term.value == etag if term.is_tag else term.value in tokens) == term.wanted for term in terms)


def locks_on(actor: User, spot: Spot) -> list[Active]:
    """The locks that reach a resource; for one that is not there yet, its folder's."""
    if spot.place is None:
        return []
    way = [*spot.parents, *([spot.entry] if spot.entry else [])]
    if not way:
        return []
    return active_on(actor, spot.place.id, spot.place.slug, way, []).get(way[-1].id, [])
