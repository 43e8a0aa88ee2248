"""What happened in a place, for somebody: nothing of what they do not see now, or were not part of then (R-06)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Kind, Verb
from plano.documents.queries.nodes import node_for, people_of
from plano.documents.schemas.follows import ActivityNode, ActivityOut, ActivityPage, VerbName
from plano.kernel import pagination
from plano.kernel.errors import Invalid
from plano.workspaces import policies as access
from plano.workspaces.models import Role

GROUPS = 30
READ = 500
"""Lines that one page looks at; a longer run of one hand goes on in the next page, where the client joins them."""
PAUSE = timedelta(minutes=15)
SHOWN = 3
TOGETHER = {Verb.CREATED, Verb.DEPOSITED, Verb.DELETED, Verb.RESTORED, Verb.MOVED, Verb.COPIED}
"""What one person does to many things at once is one line; all else is one line for each thing."""

_LINES = """
SELECT a.id, a.created_at, a.actor_id, a.verb, a.path, a.data, n.id, n.name, n.kind, n.deleted_at IS NOT NULL
FROM documents_activity a JOIN documents_node n ON n.id = a.node_id
WHERE {place} AND n.scope_id = ANY(%(scopes)s)
    AND (a.scope_id = ANY(%(scopes)s)
        OR NOT EXISTS (SELECT FROM workspaces_accessscope s WHERE s.id = a.scope_id))
    AND (a.verb <> 'access' OR n.scope_id = ANY(%(managed)s))
    AND (%(after)s::uuid IS NULL OR a.id < %(after)s::uuid)
ORDER BY a.id DESC LIMIT %(limit)s
"""
_OF_DOCUMENT = _LINES.format(place="a.node_id = %(node)s")
_OF_FOLDER = _LINES.format(place="a.path @> ARRAY[%(node)s]::uuid[]")
_OF_LIBRARY = _LINES.format(place="a.workspace_id = %(workspace)s")
_NAMES = """
SELECT id, name, kind, deleted_at IS NOT NULL FROM documents_node
WHERE id = ANY(%(ids)s) AND scope_id = ANY(%(scopes)s)
"""


T = TypeVar("T")


@dataclass
class _Run:
    """What one person did to things of one folder, without a longer pause."""

    id: UUID
    at: datetime
    since: datetime
    actor_id: UUID | None
    verb: str
    folder_id: UUID | None
    data: dict[str, Any]
    nodes: dict[UUID, ActivityNode] = field(default_factory=dict)
    times: int = 0


def activity_for(actor: User, node_id: UUID, *, cursor: str | None = None) -> ActivityPage:
    """Of a document, or of a folder with all that hangs on it."""
    node = node_for(actor, node_id)
    sql = _OF_FOLDER if node.kind == Kind.FOLDER else _OF_DOCUMENT
    return _page(actor, node.workspace_id, sql, cursor, node=node.id)


def activity_of_library(actor: User, workspace_id: UUID, *, cursor: str | None = None) -> ActivityPage:
    """Of all that a person sees in a workspace."""
    policies.room_of(actor, workspace_id)
    return _page(actor, workspace_id, _OF_LIBRARY, cursor)


def _page(actor: User, workspace_id: UUID, sql: str, cursor: str | None, node: UUID | None = None) -> ActivityPage:
    roles = access.roles_by_scope(actor, workspace_id)
    lines = statements.many(
        sql,
        workspace=workspace_id,
        node=node,
        scopes=list(roles),
        managed=[scope for scope, role in roles.items() if role >= Role.MANAGER],
        after=_after(cursor),
        limit=READ,
    )
    runs, last = _runs(lines)
    following = None if last is None else pagination.encode(str(last))
    return ActivityPage(items=_told(workspace_id, runs, list(roles)), next=following)


def _after(cursor: str | None) -> UUID | None:
    if not cursor:
        return None
    try:
        return UUID(pagination.decode(cursor, size=1)[0])
    except ValueError as error:
        raise Invalid("invalid_cursor") from error


def _runs(lines: list[Any]) -> tuple[list[_Run], UUID | None]:
    """Lines, the latest first, as runs; and the last line that they hold when there are more."""
    runs: list[_Run] = []
    open_runs: dict[tuple[Any, ...], _Run] = {}
    last: UUID | None = None
    for id, at, actor_id, verb, path, kept, node_id, name, kind, binned in lines:
        data = json.loads(kept) if isinstance(kept, str) else kept
        folder_id = path[-2] if len(path) > 2 else None
        hand = (actor_id, verb, data.get("depositor"), data.get("what"))
        # a renaming and a right are told one by one
        thing = folder_id if verb in TOGETHER else id if verb in (Verb.RENAMED, Verb.ACCESS) else node_id
        run = open_runs.get((*hand, thing))
        if run is None or run.since - at > PAUSE:
            if len(runs) == GROUPS:
                return runs, last
            run = _Run(id, at, at, actor_id, verb, folder_id, data)
            runs.append(run)
            open_runs[*hand, thing] = run
        run.since, run.times, last = at, run.times + 1, id
        run.nodes.setdefault(node_id, ActivityNode(id=node_id, name=name, kind=kind, binned=binned))
    return runs, last if len(lines) == READ else None


def _told(workspace_id: UUID, runs: list[_Run], scopes: list[UUID]) -> list[ActivityOut]:
    named = {run.folder_id for run in runs} | {_id(run.data.get("from_id")) for run in runs}
    names = {
        id: ActivityNode(id=id, name=name, kind=kind, binned=binned)
        for id, name, kind, binned in statements.many(_NAMES, ids=[id for id in named if id], scopes=scopes)
    }
    ids = {run.actor_id for run in runs} | {_id(run.data.get("person")) for run in runs}
    people = people_of(workspace_id, _users(id for id in ids if id))
    return [
        ActivityOut(
            id=run.id,
            at=run.at,
            verb=cast("VerbName", run.verb),
            actor=people.get(run.actor_id) if run.actor_id else None,
            depositor=run.data.get("depositor", ""),
            nodes=list(run.nodes.values())[:SHOWN],
            count=len(run.nodes),
            times=run.times,
            folder=names.get(run.folder_id) if run.folder_id else None,
            number=run.data.get("number"),
            restored_from=run.data.get("restored_from"),
            before=run.data.get("before", ""),
            after=run.data.get("after", ""),
            came_from=_named(names, run.data.get("from_id")),
            from_top=bool(run.data.get("from_top")),
            what=run.data.get("what", ""),
            person=_named(people, run.data.get("person")),
        )
        for run in runs
    ]


def _named(known: dict[UUID, T], id: str | None) -> T | None:
    return None if id is None else known.get(UUID(id))


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _users(ids: Iterable[UUID]) -> list[User]:
    return list(User.objects.filter(id__in=set(ids)))
