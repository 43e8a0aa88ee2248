"""Reads for whoever holds a share link: the link itself, what it opens, and nothing beside it (R-14, R-77)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from plano.accounts.options import cookie_name
from plano.accounts.tokens import token_hash
from plano.documents import statements
from plano.documents.models import Kind, Node, ShareLink, ShareMode, ShareVisit
from plano.documents.queries.shares import PAGE, WITH, troubles
from plano.documents.schemas.nodes import StateName
from plano.documents.schemas.shares import SharedItem, SharedPage, SharedStep, SharedView
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.kernel.errors import Forbidden, Gone, Invalid, NotFound

# Whether a node lies in the shared folder, and nothing on the way has people of its own or is in the bin.
_INSIDE = """
WITH RECURSIVE up AS (
    SELECT id, parent_id, scope_id, deleted_at, 0 AS height FROM documents_node WHERE id = %(node)s
    UNION ALL
    SELECT p.id, p.parent_id, p.scope_id, p.deleted_at, up.height + 1
    FROM documents_node p JOIN up ON p.id = up.parent_id WHERE up.id <> %(root)s AND up.height < 200
)
SELECT bool_or(id = %(root)s) AND bool_and(scope_id = %(scope)s AND deleted_at IS NULL) FROM up
"""


@dataclass(frozen=True)
class Opened:
    """A link and the visit that this browser makes through it."""

    link: ShareLink
    visit: ShareVisit


def link_by_token(token: str) -> ShareLink:
    """The link of a secret, dead or alive; what never was answers 404."""
    link = ShareLink.objects.select_related(*WITH).filter(token_hash=token_hash(token)).first()
    if link is None:
        raise NotFound("share_not_found")
    return link


def require_living(link: ShareLink, *, visiting: bool) -> None:
    """Refuse a link that is dead, with the reason that its holder may know. A visit outlives the last use."""
    trouble = troubles([link.id]).get(link.id, "deleted")
    if trouble == "" or (trouble == "exhausted" and visiting):
        return
    codes = {"expired": "share_expired", "exhausted": "share_exhausted"}
    raise Gone(codes.get(trouble, "share_stopped"))


def visit_of(link: ShareLink, key: str | None) -> ShareVisit | None:
    """The living visit of this browser."""
    if not key:
        return None
    return ShareVisit.objects.filter(link=link, key_hash=token_hash(key), expires_at__gt=now()).first()


def opened(token: str, keys: "Keys", *, mode: ShareMode | None = None) -> Opened:
    """The link and the visit, or a refusal. Asked at every request (R-77)."""
    link = link_by_token(token)
    visit = visit_of(link, keys.get(link.id))
    require_living(link, visiting=visit is not None)
    if visit is None:
        raise Forbidden("share_not_opened")
    if mode is not None and link.mode != mode:
        raise NotFound
    return Opened(link, visit)


class Keys:
    """The visits' keys of one browser, by link: its cookies. The face says how they are called."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self._cookies = cookies

    def get(self, link_id: UUID) -> str | None:
        return self._cookies.get(cookie_of(link_id))


def cookie_of(link_id: UUID) -> str:
    """The name of the cookie that holds the key of a visit."""
    return cookie_name(f"plano_share_{link_id.hex[-12:]}")


def view(link: ShareLink, visit: ShareVisit | None) -> SharedView:
    """What the page of a link begins with."""
    require_living(link, visiting=visit is not None)
    if visit is None and link.password:
        return SharedView(state="password")
    node, drop = link.node, link.mode == ShareMode.DROP
    document = node.kind == Kind.DOCUMENT
    return SharedView(
        state="ready" if visit is None else "open",
        mode="drop" if drop else "read",
        kind="document" if document else "folder",
        node_id=None if drop else node.id,
        name=(link.label or node.name) if drop else node.name,
        shared_by=link.created_by.name,
        expires_at=link.expires_at,
        uses_left=None if link.max_uses is None else max(0, link.max_uses - link.uses),
        size=node.size if document else None,
        media_type=node.media_type if document else None,
        content_state=_content_state(node) if document else None,
        max_size=settings.PLANO.upload_max_size if drop else None,
    )


def shared_node(link: ShareLink, node_id: UUID) -> Node:
    """A node that the link opens: the shared one, or one below it with the same people. Else absent."""
    inside = statements.one(_INSIDE, node=node_id, root=link.node_id, scope=link.scope_id)
    if inside is None or not inside[0]:
        raise NotFound
    return Node.objects.get(id=node_id)


def shared_page(link: ShareLink, folder_id: UUID | None, *, cursor: str | None = None) -> SharedPage:
    """What lies in a shared folder: no restricted sub-folder, no neighbour, no person."""
    folder = shared_node(link, folder_id or link.node_id)
    if folder.kind != Kind.FOLDER:
        raise NotFound
    found = Node.objects.filter(parent=folder, scope_id=link.scope_id, deleted_at=None).order_by(
        "-kind", "folded", "id"
    )
    if cursor:
        kind, key, id = pagination.decode(cursor, size=3)
        try:
            after = Q(kind=kind, folded__gt=key) | Q(kind=kind, folded=key, id__gt=UUID(id))
        except ValueError as error:
            raise Invalid("invalid_cursor") from error
        found = found.filter(after | Q(kind__lt=kind))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return SharedPage(
        items=[_item(node) for node in rows[:PAGE]],
        next=None if last is None else pagination.encode(last.kind, last.folded, str(last.id)),
        path=_steps(link, folder),
    )


def _item(node: Node) -> SharedItem:
    return SharedItem(
        id=node.id,
        kind="folder" if node.kind == Kind.FOLDER else "document",
        name=node.name,
        size=node.size,
        media_type=node.media_type,
        modified_at=node.modified_at,
        state=_content_state(node),
    )


def _steps(link: ShareLink, folder: Node) -> list[SharedStep]:
    rows = statements.many(statements.ANCESTORS, id=folder.id)
    ids = [row[0] for row in rows]
    return [SharedStep(id=row[0], name=row[1]) for row in rows[ids.index(link.node_id) :]]


def _content_state(node: Node) -> StateName:
    found: dict[str, StateName] = {
        "empty": "empty",
        "unscanned": "unscanned",
        "checking": "checking",
        "clean": "clean",
        "infected": "infected",
    }
    return found[node.state]


def row_of(link: ShareLink, node_id: UUID) -> tuple[Any, ...]:
    """What a download through the link needs: name, version, size, hash, type, blob, state, author."""
    node = shared_node(link, node_id)
    if node.kind != Kind.DOCUMENT:
        raise NotFound
    version = node.versions.filter(number=node.content_version).first()
    if version is None:
        return (node.name, None, 0, "", "", "", "", None)
    return (
        node.name,
        version.number,
        version.size,
        version.sha256,
        version.media_type,
        version.blob,
        version.state,
        version.author_id,
    )
