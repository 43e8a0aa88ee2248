# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Search in names and in the words inside documents, with the rights of this moment (R-06, I1 to I3).

Words meet after French stems, without accents, in any order, each from its beginning: « prefect » finds
« préfectoral ». They may be spread over the name and the content.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import CustomField, FieldKind, State
from plano.documents.queries import fields
from plano.kernel.errors import Invalid
from plano.kernel.text import clean_line, singular
from plano.workspaces import policies as access

Family = Literal["folder", "text", "sheet", "slides", "pdf", "image", "media", "archive"]
FAMILIES: tuple[Family, ...] = get_args(Family)
_LIKE: dict[Family, tuple[str, ...]] = {
    "text": ("text/%", "%wordprocessingml%", "%opendocument.text%", "application/msword", "application/rtf"),
    "sheet": ("%spreadsheet%", "%ms-excel%", "text/csv"),
    "slides": ("%presentation%", "%ms-powerpoint%"),
    "pdf": ("application/pdf",),
    "image": ("image/%",),
    "media": ("video/%", "audio/%"),
    "archive": ("%zip%", "%tar%", "%7z%"),
}
MAX_WANTED = 20
HEAD = 200_000  # of a text, where its excerpt is looked for
OPEN, CLOSE, GAP = "\x02", "\x03", " … "
_WORD = re.compile(r"[^\W_]+")

# As the index `documents_node_words` has it: what a parser would take for a host or a file is words too.
_NAME = "to_tsvector('plano_fr', translate(n.name, '._-', '   '))"
_SAID = "n.name || ' ' || n.description || ' ' || array_to_string(n.tags, ' ')"
_FOUND = f"""
SELECT n.id, n.kind, n.name, n.workspace_id, n.parent_id, n.media_type, n.modified_at,
       n.state = ANY(%(told)s) AND t.vector @@ q.some AS inside,
       (CASE WHEN {_NAME} @@ q.every THEN 1 ELSE 0 END)
           + coalesce(ts_rank(t.vector, q.some, 1), 0) AS rank
FROM (SELECT to_tsquery('plano_fr', %(every)s) AS every, to_tsquery('plano_fr', %(some)s) AS some) AS q,
     documents_node n
     JOIN workspaces_workspace w ON w.id = n.workspace_id AND 'documents' = ANY(w.rooms)
     LEFT JOIN documents_text t ON t.node_id = n.id AND t.number = n.content_version AND n.state = ANY(%(told)s)
WHERE n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL AND (
    {_NAME} @@ q.every OR t.vector @@ q.every OR ({{names}})
    OR ({_NAME} @@ q.some AND ({_NAME} || t.vector) @@ q.every)
) {{filters}}
ORDER BY rank DESC, n.modified_at DESC, n.id
LIMIT %(limit)s
"""
_EXCERPTS = f"""
SELECT t.node_id, ts_headline('plano_fr', left(t.text, {HEAD}), to_tsquery('plano_fr', %(some)s), %(how)s)
FROM documents_text t WHERE t.node_id = ANY(%(ids)s)
"""
_HOW = f"MaxFragments=2, MaxWords=16, MinWords=6, StartSel={OPEN}, StopSel={CLOSE}, FragmentDelimiter={GAP.strip()}"


@dataclass(frozen=True)
class Wanted:
    """The value that a field must have. `until` given: a number or a day between the two, either may be missing."""

    field: UUID
    kind: str
    value: str | int | float | None
    until: str | float | None = None
    is_range: bool = False


def wanted_values(actor: User, workspace_id: UUID | None, asked: Sequence[str]) -> tuple[Wanted, ...]:
    """Understand `<field>:<value>` and `<field>:<from>..<to>` for the fields of a workspace of the actor."""
    if not asked:
        return ()
    if workspace_id is None or len(asked) > MAX_WANTED:
        raise refused()
    policies.room_of(actor, workspace_id)
    known = {field.id: field for field in fields.fields_of(workspace_id)}
    return tuple(_wanted(known, one) for one in asked)


def refused() -> Invalid:
    """A filter that no field of the workspace understands."""
    return Invalid("invalid_filter", errors={"field": "invalid_filter"})


def _wanted(known: dict[UUID, CustomField], asked: str) -> Wanted:
    id, _, text = asked.partition(":")
    try:
        field = known[UUID(id)]
        if field.kind in (FieldKind.NUMBER, FieldKind.DATE):
            read = _number if field.kind == FieldKind.NUMBER else _day
            since, dots, until = text.partition("..")
            if dots:
                return Wanted(field.id, field.kind, since and read(since), until and read(until), is_range=True)
            return Wanted(field.id, field.kind, read(text))
        if field.kind == FieldKind.TEXT:
            return Wanted(field.id, field.kind, clean_line(text)[:500])
        return Wanted(field.id, field.kind, str(UUID(text)))
    except (KeyError, ValueError):
        raise refused() from None


def _number(text: str) -> float | int:
    value = float(text)
    if not math.isfinite(value) or abs(value) > 1e15:
        raise ValueError
    return int(value) if value.is_integer() else value


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


@dataclass(frozen=True)
class Filters:
    """What narrows a search. `author` made or last changed it; days are inclusive, of the last change (UTC)."""

    workspace_id: UUID | None = None
    family: Family | None = None
    author: UUID | None = None
    since: date | None = None
    until: date | None = None
    tag: str | None = None
    fields: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Found:
    """One node. `excerpt`: pieces of its words, each with whether it is one that was asked for."""

    id: UUID
    kind: str
    name: str
    workspace_id: UUID
    parent_id: UUID | None
    media_type: str
    modified_at: Any
    excerpt: list[tuple[str, bool]] = field(default_factory=list)


def search_documents(actor: User, text: str, *, limit: int, filters: Filters | None = None) -> list[Found]:
    """The best first: those whose name has the words, then by how much of the content does."""
    filters = filters or Filters()
    words = _WORD.findall(text)[:8]
    scopes = access.visible_scope_ids(actor, filters.workspace_id)
    if not words or not scopes:
        return []
    asked = [f"{word}:*" if len(word) > 1 else word for word in words]
    terms = {"every": " & ".join(asked), "some": " | ".join(asked)}
    names = {f"name{number}": f"%{singular(word)}%" for number, word in enumerate(words)}
    told = [State.UNSCANNED, State.CLEAN]
    where, values = narrowed(filters)
    like = " AND ".join(f"unaccent({_SAID}) ILIKE unaccent(%({key})s)" for key in names)
    rows = statements.many(
        _FOUND.format(names=like, filters=where), scopes=scopes, limit=limit, told=told, **terms, **names, **values
    )
    excerpts = _excerpts([row[0] for row in rows if row[7]], terms["some"])
    return [
        Found(id, kind, name, workspace, parent, media_type, at, excerpts.get(id, []))
        for id, kind, name, workspace, parent, media_type, at, _, _ in rows
    ]


def narrowed(filters: Filters) -> tuple[str, dict[str, Any]]:
    """The conditions on `n`, and their values."""
    parts: list[str] = []
    values: dict[str, Any] = {}
    if filters.family == "folder":
        parts.append("AND n.kind = 'folder'")
    elif filters.family is not None:
        parts.append("AND n.kind = 'document' AND n.media_type LIKE ANY(%(types)s)")
        values["types"] = list(_LIKE[filters.family])
        if filters.family == "text":
            parts.append("AND n.media_type <> 'text/csv'")
    if filters.author is not None:
        parts.append("AND %(author)s IN (n.created_by_id, n.modified_by_id)")
        values["author"] = filters.author
    if filters.tag is not None:
        parts.append("AND lower(%(tag)s) = ANY(SELECT lower(unnest(n.tags)))")
        values["tag"] = filters.tag
    if filters.since is not None:
        parts.append("AND n.modified_at >= %(since)s::date")
        values["since"] = filters.since
    if filters.until is not None:
        parts.append("AND n.modified_at < %(until)s::date + 1")
        values["until"] = filters.until
    for number, wanted in enumerate(filters.fields):
        part, held = _has_value(wanted, f"field{number}")
        parts.append(f"AND {part}")
        values |= held
    return " ".join(parts), values


def _has_value(wanted: Wanted, key: str) -> tuple[str, dict[str, Any]]:
    """Equality is asked as containment, which `documents_fields` answers."""
    own = f"n.fields ->> %({key})s"
    values: dict[str, Any] = {key: str(wanted.field)}
    if wanted.is_range:
        typed = f"({own})::numeric" if wanted.kind == FieldKind.NUMBER else own
        ends = [(">=", "since", wanted.value), ("<=", "until", wanted.until)]
        parts = [f"{typed} {sign} %({key}{name})s" for sign, name, end in ends if end not in (None, "")]
        values |= {f"{key}{name}": end for _, name, end in ends if end not in (None, "")}
        return f"({' AND '.join([*parts, f'{own} IS NOT NULL'])})", values
    if wanted.kind == FieldKind.TEXT:
        like = str(wanted.value).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"unaccent({own}) ILIKE unaccent(%({key}like)s)", values | {f"{key}like": f"%{like}%"}
    return f"n.fields @> %({key}holds)s::jsonb", {f"{key}holds": json.dumps({str(wanted.field): wanted.value})}


def _excerpts(ids: Sequence[UUID], some: str) -> dict[UUID, list[tuple[str, bool]]]:
    if not ids:
        return {}
    rows = statements.many(_EXCERPTS, ids=list(ids), some=some, how=_HOW)
    return {id: _pieces(text) for id, text in rows if OPEN in text}


def _pieces(text: str) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    for part in re.split(f"({OPEN}[^{CLOSE}]*{CLOSE})", text):
        if part.startswith(OPEN):
            pieces.append((part[1:-1], True))
        elif part:
            pieces.append((part, False))
    return pieces
