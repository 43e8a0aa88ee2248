"""Bytes that a program puts under a name: a new document, or the newest version of the one that has the name."""

from uuid import UUID

from django.conf import settings

from plano.accounts.models import User
from plano.documents import names, policies, queries
from plano.documents.actions.contents import measure, put_version, require_size, reserve
from plano.documents.actions.locks import require_place_unlocked, require_unlocked
from plano.documents.actions.tree import lock_tree, locked, require_depth, taken, unique_name
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Origin, Usage, Version
from plano.kernel.errors import Conflict, PreconditionFailed, TooLarge
from plano.kernel.ids import uuid7
from plano.platform import blobs
from plano.platform.live import unit_of_work
from plano.workspaces.models import Role

ABSENT = "absent"


def may_put(*, actor: User, workspace_id: UUID, parent_id: UUID | None, node_id: UUID | None, size: int) -> None:
    """Before bytes are taken, and again while they come: the right, the locks, the room for so many bytes."""
    if node_id is not None:
        require_unlocked(actor, queries.node_for(actor, node_id, Role.MEMBER))
    else:
        policies.require_place(actor, workspace_id, queries.parent_named(parent_id))
        require_place_unlocked(actor, workspace_id, parent_id)
    require_room(workspace_id, size)


def require_room(workspace_id: UUID, size: int) -> None:
    """So many bytes more still fit. The limit itself is met exactly at the end, under its lock (R-12, R-72)."""
    used = Usage.objects.filter(workspace_id=workspace_id).values_list("bytes", flat=True).first() or 0
    if used + size > settings.PLANO.workspace_quota:
        raise TooLarge("quota_exceeded", errors={"free": max(0, settings.PLANO.workspace_quota - used)})


def put_document(
    *,
    actor: User,
    workspace_id: UUID,
    parent_id: UUID | None,
    name: str,
    node_id: UUID | None,
    blob: str,
    sha256: str,
    expected: str | None = None,
) -> tuple[Node, bool]:
    """The document, and whether it is new. `expected`: the entity tag that the writer started from, or `ABSENT`.

    The same bytes as now are no new version, and no bytes at all in a new document are none yet: programs on network
    drives make a file first and fill it afterwards.
    """
    name = names.clean(name)
    size, media_type = measure(blob, name)
    require_size(size)
    content = Version(blob=blob, size=size, sha256=sha256, media_type=media_type)
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=False)
        parent = _parent(parent_id) if node_id is None else None
        if node_id is None:
            policies.require_place(actor, workspace_id, parent)
            other = queries.clash(workspace_id, parent_id, names.key(name))
            if other is not None and (other.kind != Kind.DOCUMENT or expected == ABSENT):
                raise taken(actor, other)
            node_id = None if other is None else other.id
        if node_id is None:
            require_depth(parent)
            require_place_unlocked(actor, workspace_id, parent_id)
            node = _unborn(actor, workspace_id, parent, name)
            with unique_name(actor, workspace_id, parent_id, name):
                if size:
                    put_version(node=node, author=actor, content=content, origin=Origin.SYNC)
                else:
                    blobs.store().discard(blob)
                    node.save(force_insert=True)
            if size:
                reserve(workspace_id, size)
            emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
            return node, True
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        if expected is not None and expected not in (node.sha256[:32] or "empty", node.sha256, str(node.version)):
            raise PreconditionFailed(errors={"current": queries.node_out(node).model_dump(mode="json")})
        if (size == 0 and node.content_version == 0) or (node.content_version and node.sha256 == sha256):
            blobs.store().discard(blob)
            return node, False
        reserve(workspace_id, size)
        put_version(node=node, author=actor, content=content, origin=Origin.SYNC)
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node, False


def _parent(parent_id: UUID | None) -> Node | None:
    """The folder as it is under the tree's lock, with what its children share."""
    if parent_id is None:
        return None
    parent = Node.objects.select_related("workspace", "scope").filter(id=parent_id).first()
    if parent is None:
        raise policies.no_such_parent()
    if parent.deleted_at is not None:
        raise Conflict("folder_gone", errors={"parent_id": "folder_gone"})
    return parent


def _unborn(actor: User, workspace_id: UUID, parent: Node | None, name: str) -> Node:
    """The row that will be written with its first content, in one statement."""
    return Node(
        id=uuid7(),
        workspace=parent.workspace if parent else queries.workspace_of(workspace_id),
        scope=parent.scope if parent else queries.scope_of(None, workspace_id),
        parent=parent,
        kind=Kind.DOCUMENT,
        name=name,
        folded=names.key(name),
        created_by=actor,
        modified_by=actor,
    )
