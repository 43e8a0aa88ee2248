# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Search in names and in the words inside documents, with the rights of this moment (R-06, I1 to I3).

Words meet after French stems, without accents, in any order, each from its beginning: « prefect » finds
« préfectoral ». They may be spread over the name and the content.
"""

import json
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
from plano.documents.schemas.fields import clean_number
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
_TOLD = "plano_told(n.name, n.description, n.tags::text[])"  # and `documents_node_told`
_SCOPES = """SELECT s.id FROM workspaces_accessscope s JOIN workspaces_workspace w ON w.id = s.workspace_id
    WHERE s.id = ANY(%(scopes)s) AND 'documents' = ANY(w.rooms)"""
# « IS TRUE » keeps it a look-up in a hash: the planner knows nothing of how many scopes somebody sees.
_SEEN = f"(n.scope_id IN ({_SCOPES})) IS TRUE"
_READ = "n.id = t.node_id AND n.content_version = t.number AND n.state = ANY(%(told)s)"
_EVERY, _SOME = (f"to_tsquery('plano_fr', %({name})s)" for name in ("every", "some"))


def _newest(source: str, where: str = "true", *, most: int = 300) -> str:
    """Of what one index finds and the reader sees, the newest: a word of half the library costs no more than others."""
    return f"""(SELECT n.id FROM {source} WHERE {where} AND n.deleted_at IS NULL AND {_SEEN} {{filters}}
        ORDER BY n.modified_at DESC LIMIT {most})"""


def _named(words: str) -> str:
    return f"plano_names_with({words}) f JOIN documents_node n ON n.id = f.id"


_BY_NAME = _newest(_named(_EVERY))
_BY_CONTENT = _newest(f"plano_texts_with({_EVERY}) t JOIN documents_node n ON {_READ}")
# A piece of a word, and words of descriptions and tags: any thousand of them, for each candidate is read.
_BY_PIECE = f"""(SELECT n.id FROM (SELECT * FROM documents_node n
    WHERE {{pieces}} AND n.scope_id = ANY(ARRAY({_SCOPES})) AND n.deleted_at IS NULL {{filters}} LIMIT 1000) n
    ORDER BY n.modified_at DESC LIMIT 300)"""
# Some words in the name, the others in the content.
_SPREAD = f"""(SELECT n.id FROM (
    SELECT n.* FROM (SELECT f.id FROM plano_names_with({_SOME}) f WHERE {_SEEN.replace("n.", "f.")}
        ORDER BY f.modified_at DESC LIMIT 300) f JOIN documents_node n ON n.id = f.id
) n JOIN documents_text t ON {_READ} WHERE ({_NAME} || t.vector) @@ {_EVERY} {{filters}})"""
_FOUND = f"""
SELECT n.id, n.kind, n.name, n.workspace_id, n.parent_id, n.media_type, n.modified_at,
       t.vector @@ {_SOME} AS inside,
       (CASE WHEN {_NAME} @@ {_EVERY} THEN 1 ELSE 0 END) + coalesce(ts_rank(t.vector, {_SOME}, 1), 0) AS rank
FROM ({{found}}) AS found JOIN documents_node n ON n.id = found.id LEFT JOIN documents_text t ON {_READ}
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


def _number(text: str) -> int | float:
    return clean_number(float(text))


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
    told = [State.UNSCANNED, State.CLEAN]
    where, values = narrowed(filters)
    # Three letters are what the index knows: shorter words are looked for where a word begins.
    pieces = {f"name{n}": f"%{' ' if len(word) < 3 else ''}{singular(word)}%" for n, word in enumerate(words)}
    like = " AND ".join(f"{_TOLD} LIKE lower(unaccent(%({key})s))" for key in pieces)
    ways = [_BY_NAME, _BY_PIECE, _BY_CONTENT, *([_SPREAD] if len(words) > 1 else [])]
    found = " UNION ".join(ways).format(pieces=like, filters=where)
    rows = statements.many(
        _FOUND.format(found=found), scopes=scopes, limit=limit, told=told, **terms, **pieces, **values
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
