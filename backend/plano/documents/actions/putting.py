"""Bytes that a program puts under a path: a new document, or the newest version of the one that is there.

Two thousand files of a synchronisation come this way: what the path means, who may write and whether the name is
taken is one statement under the tree's lock, and a new document is written with its first content.
"""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from plano.accounts.models import User
from plano.documents import names, policies, queries
from plano.documents.actions.contents import measure, put_version, require_size, reserve, written_by_others
from plano.documents.actions.locks import require_place_unlocked, require_unlocked
from plano.documents.actions.nodes import born
from plano.documents.actions.tree import MAX_DEPTH, free_name, lock_tree, locked, unique_name
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Origin, Usage, Version
from plano.documents.queries import paths
from plano.documents.queries.paths import Entry, Place
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid, NotFound, PreconditionFailed, TooLarge
from plano.kernel.ids import uuid7
from plano.platform import blobs
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Role

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


@dataclass(frozen=True, slots=True)
class Base:
    """What a program that sets no condition had in hand, as far as is known: the number of the version that it last
    read or wrote, and its own document beside, when it has lost a race there before."""

    number: int
    beside: UUID | None = None


def put_document(
    *,
    actor: User,
    place: Place,
    path: list[str],
    blob: str,
    sha256: str,
    expected: str | None = None,
    base: Base | None = None,
) -> tuple[Node, bool]:
    """The document, and whether it is new. `expected`: the entity tag that the writer started from, or `ABSENT`.

    Who sets no condition cannot be told of a lost race, and may have no other place for the bytes: when somebody else
    has saved since `base`, they become a document beside, whose name says so (documents-4).

    The same bytes as now are no new version, and no bytes at all in a new document are none yet: programs on network
    drives make a file first and fill it afterwards.
    """
    name = names.clean(path[-1])
    size, media_type = measure(blob, name)
    require_size(size)
    content = Version(blob=blob, size=size, sha256=sha256, media_type=media_type)
    with unit_of_work() as emit:
        lock_tree(place.id, shape=False)
        holder, entry = _ends(actor, place, path)
        _require_member(actor, place, entry or holder)
        if entry is not None and (entry.is_folder or expected == ABSENT):
            raise Conflict("name_taken") if entry.is_folder else PreconditionFailed("name_taken")
        if entry is None:
            if expected not in (None, ABSENT):
                raise PreconditionFailed
            parent_id = holder.id if holder else None
            require_place_unlocked(actor, place.id, parent_id)
            node = _unborn(actor, place, holder, name)
            with unique_name(actor, place.id, parent_id, name):
                if size:
                    put_version(node=node, author=actor, content=content, origin=Origin.SYNC)
                else:
                    blobs.store().discard(blob)
                    node.save(force_insert=True)
            if size:
                reserve(place.id, size)
            emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
            return node, True
        node = locked(entry.id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        if expected is not None and expected not in (node.sha256[:32] or "empty", node.sha256, str(node.version)):
            raise PreconditionFailed(errors={"current": queries.node_out(node).model_dump(mode="json")})
        if (size == 0 and node.content_version == 0) or (node.content_version and node.sha256 == sha256):
            blobs.store().discard(blob)
            return node, False
        reserve(place.id, size)
        made = False
        if expected is None and base is not None and written_by_others(actor, node.id, since=base.number):
            beside, made = _beside(emit, actor, node, base)
            node = beside or node
        put_version(node=node, author=actor, content=content, origin=Origin.SYNC)
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node, made


def _beside(emit: Emit, actor: User, node: Node, base: Base) -> tuple[Node | None, bool]:
    """The loser's own document beside, and whether it is new. None when it was there and is no more: whoever removed
    it has decided."""
    if base.beside is not None:
        there = Node.objects.filter(id=base.beside, workspace_id=node.workspace_id, deleted_at=None).first()
        return (None if there is None else locked(there.id)), False
    require_place_unlocked(actor, node.workspace_id, node.parent_id)
    at = now().astimezone(ZoneInfo(actor.time_zone))
    name = names.conflicting(node.name, actor.name, actor.language, at)
    made = born(
        emit,
        actor=actor,
        id=uuid7(),
        workspace_id=node.workspace_id,
        parent=node.parent,
        kind=Kind.DOCUMENT,
        name=free_name(node.workspace_id, node.parent_id, name),
    )
    return made, True


def _ends(actor: User, place: Place, path: list[str]) -> tuple[Entry | None, Entry | None]:
    """The folder that holds the end of the path (None: the top), and what lies at its end."""
    walked = paths.walk(actor, place.slug, path)
    if walked is None:
        raise NotFound
    found = walked[1]
    if len(found) < len(path) - 1 or not all(entry.is_folder for entry in found[: len(path) - 1]):
        raise Conflict("parent_not_found")
    if len(path) > MAX_DEPTH:
        raise Invalid("too_deep", errors={"parent_id": "too_deep"})
    at_end = found[len(path) - 1] if len(found) == len(path) else None
    return (found[len(path) - 2] if len(path) > 1 else None), at_end


def _require_member(actor: User, place: Place, holder: Entry | None) -> None:
    if (holder.role if holder else place.role) < Role.MEMBER:
        access.require_role(actor, holder.scope_id if holder else place.id, Role.MEMBER)
        raise NotFound


def _unborn(actor: User, place: Place, holder: Entry | None, name: str) -> Node:
    """The row that will be written with its first content, in one statement. Its scope is that of what holds it."""
    scope_id = holder.scope_id if holder else place.id
    return Node(
        id=uuid7(),
        workspace_id=place.id,
        scope=AccessScope(id=scope_id, workspace_id=place.id),
        parent_id=holder.id if holder else None,
        kind=Kind.DOCUMENT,
        name=name,
        folded=names.key(name),
        created_by=actor,
        modified_by=actor,
    )
