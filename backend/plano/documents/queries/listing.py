"""The folder list: JSON begun by the database (`statements`), completed by what few entries have (P8, P12)."""

import json
from functools import cache
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.queries import locks
from plano.documents.queries.nodes import lock_out, node_for, people_named, steps_to
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import Role

PAGE, MAX_PAGE = 200, 1000
NOBODY = UUID(int=0)


def page_for(
    actor: User, workspace_id: UUID, *, parent_id: UUID | None, cursor: str | None, limit: int = PAGE
) -> bytes:
    """`NodePage` as JSON: folders first, by name; what the actor does not see is neither listed nor counted."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid("invalid_limit", errors={"limit": "invalid_limit"})
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    position = _position(pagination.decode(cursor, size=3) if cursor else None)
    found = statements.many(
        statements.PAGE_OF_TOP if parent_id is None else statements.PAGE_OF_FOLDER,
        workspace=workspace_id,
        parent=parent_id,
        scopes=list(roles),
        limit=limit,
        **position,
    )
    rows = [_Row._make(row) for row in found]
    told = _told(workspace_id, rows)
    itself = told.pop(0) if rows and rows[0].rank < 0 else None
    if parent_id is not None and itself is None:
        _refuse(actor, parent_id)
    listed = rows if itself is None else rows[1:]
    last = listed[-1] if len(listed) == limit else None
    path = [] if parent_id is None else steps_to(parent_id, roles)
    rest = {
        "next": last and pagination.encode(last.rank, last.folded, last.id),
        "abilities": {str(scope): _pair(role) for scope, role in roles.items()},
        "counts": {row.id: row.inside for row in listed if row.inside is not None},
        "scopes": {row.id: {"open": row.open, "people": row.people} for row in listed if row.people is not None},
        "path": [step.model_dump(mode="json") for step in path],
    }
    return (
        f'{{"items":[{",".join(told)}],"folder":{itself or "null"},{json.dumps(rest, ensure_ascii=False)[1:]}'.encode()
    )


class _Row(NamedTuple):
    """See `statements.PAGE_OF_FOLDER`. `told` is the beginning of a JSON object, that people and a lock complete."""

    told: str
    created_by: str
    modified_by: str
    may_be_locked: bool
    inside: int | None
    open: bool
    people: int | None
    rank: int
    folded: str
    id: str


def _told(workspace_id: UUID, rows: list[_Row]) -> list[str]:
    marked = [UUID(row.id) for row in rows if row.may_be_locked]
    held = locks.shown(marked) if marked else {}
    authors = {row.created_by for row in rows} | {row.modified_by for row in rows}
    people = people_named(workspace_id, {lock.owner_id for lock in held.values()}.union(map(UUID, authors)))
    person = {str(id): found.model_dump_json() for id, found in people.items()}
    locked = {str(id): lock_out(lock, people).model_dump_json() for id, lock in held.items()}
    return [
        f'{told}"created_by":{person[maker]},"modified_by":{person[author]},"lock":{locked.get(id, "null")}}}'
        for told, maker, author, *_, id in rows
    ]


@cache
def _pair(role: Role) -> dict[str, Any]:
    return policies.ability_pairs({NOBODY: role})[str(NOBODY)].model_dump()


def _refuse(actor: User, parent_id: UUID) -> NoReturn:
    """Not a folder of this workspace that the actor sees: one that left says so."""
    node_for(actor, parent_id)
    raise NotFound


def _position(after: list[str] | None) -> dict[str, Any]:
    """Where to go on among the folders (rank 0) and among the documents (1)."""
    if after is None:
        return {"rank": 0, "folder_folded": "", "folder_id": NOBODY, "document_folded": "", "document_id": NOBODY}
    if after[0] not in ("0", "1"):
        raise Invalid("invalid_cursor")
    try:
        here = {"folded": after[1], "id": UUID(after[2])}
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
    rank, first = int(after[0]), {"folded": "", "id": NOBODY}
    parts = {"folder": first if rank else here, "document": here if rank else first}
    return {"rank": rank, **{f"{kind}_{name}": value for kind, at in parts.items() for name, value in at.items()}}
