"""The folder list: JSON made by the database (`statements`)."""

import json
from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Kind, Node
from plano.documents.queries.nodes import node_for, node_out, path_for
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.workspaces import policies as access

PAGE, MAX_PAGE = 200, 1000


def page_for(
    actor: User, workspace_id: UUID, *, parent_id: UUID | None, cursor: str | None, limit: int = PAGE
) -> bytes:
    """`NodePage` as JSON: folders first, by name; what the actor does not see is neither listed nor counted."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid("invalid_limit", errors={"limit": "invalid_limit"})
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    folder = _folder_for(actor, workspace_id, parent_id)
    after = pagination.decode(cursor, size=3) if cursor else None
    items, counts, scopes, count, *last = statements.one(
        statements.PAGE_OF_TOP if folder is None else statements.PAGE_OF_FOLDER,
        workspace=workspace_id,
        parent=parent_id,
        scopes=list(roles),
        limit=limit,
        after=after is not None,
        **_position(after),
    )
    following = pagination.encode(last[0], last[1], str(last[2])) if count == limit else None
    path = [] if folder is None else [step.model_dump(mode="json") for step in path_for(actor, folder)]
    rest = {
        "next": following,
        "abilities": {k: v.model_dump() for k, v in policies.ability_pairs(roles).items()},
        "folder": None if folder is None else node_out(folder).model_dump(mode="json"),
        "path": path,
    }
    whole = f'{{"items":{items},"counts":{counts},"scopes":{scopes},{json.dumps(rest, ensure_ascii=False)[1:]}'
    return whole.encode()


def _folder_for(actor: User, workspace_id: UUID, parent_id: UUID | None) -> Node | None:
    if parent_id is None:
        return None
    folder = node_for(actor, parent_id)
    if folder.workspace_id != workspace_id or folder.kind != Kind.FOLDER:
        raise NotFound
    return folder


def _position(after: list[str] | None) -> dict[str, Any]:
    if after is None:
        return {"rank": 0, "folded": "", "id": None}
    if after[0] not in ("0", "1"):
        raise Invalid("invalid_cursor")
    try:
        return {"rank": int(after[0]), "folded": after[1], "id": UUID(after[2])}
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
