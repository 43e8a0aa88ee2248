"""The bin: delete, restore, purge. Nothing leaves without a way back, except by a manager's hand or after 30 days."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from plano.accounts.models import User
from plano.documents import names, policies, queries, statements
from plano.documents.actions import journal, previews
from plano.documents.actions.access import drop_scope
from plano.documents.actions.activity import record_activity
from plano.documents.actions.contents import release
from plano.documents.actions.locks import forget_locks, require_place_unlocked, require_unlocked
from plano.documents.actions.nodes import rescope
from plano.documents.actions.tree import free_name, living_parent, lock_tree, locked, unique_name
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Upload, Verb, Version
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, PreconditionFailed
from plano.kernel.schemas import Removed
from plano.platform import blobs
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import AccessScope, Role, ScopeKind

KEPT = timedelta(days=30)
MAX_SCOPES = 90


def delete_node(*, actor: User, node_id: UUID, expected: int | None = None) -> None:
    """To the bin, with all that hangs on it. Already there: nothing happens."""
    found = Node.objects.select_related("workspace").filter(id=node_id).first()
    if found is not None and found.deleted_at is not None:
        policies.require_node(actor, found, Role.MEMBER, binned=True)
        return
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        if node.deleted_at is not None:
            return
        policies.require_node(actor, node, Role.MEMBER)
        if expected is not None and expected != node.version:
            raise _changed(node)
        policies.require_not_of_conversation(node)
        require_unlocked(actor, node, inside=True, place=True)
        living = [row for row in statements.many(statements.SUBTREE, id=node.id) if row[2] is None]
        scopes = {scope for _, scope, _ in living} - {node.scope_id}
        policies.require_none_of_conversation(scopes)
        if len(scopes) > MAX_SCOPES:
            raise Conflict("too_many_restricted_folders")
        at = now()
        Node.objects.filter(id__in=[id for id, _, _ in living], deleted_at=None).update(
            deleted_at=at, deleted_by=actor, deleted_root=node.id, version=F("version") + 1, updated_at=at
        )
        forget_locks([id for id, _, _ in living])
        emit.removed(NODE, scope=node.scope_id, data=Removed(id=node.id, parent_id=node.parent_id))
        for scope in scopes:  # folders inside with people of their own hear of it in their own scope
            emit.removed(NODE, scope=scope, data=Removed(id=scope))
        record_activity(actor=actor, node=node, verb=Verb.DELETED)
        journal.note(actor, "document.deleted", node)


@dataclass(frozen=True)
class Restored:
    """A node that is back, and what had to give way."""

    node: Node
    moved_to_root: bool
    renamed: bool


def restore_node(*, actor: User, node_id: UUID, choose: bool = False, parent_id: UUID | None = None) -> Restored:
    """Back where it was, or (`choose`) into another folder of the workspace (documents-6).

    At the root when its folder is gone and nobody chose; under a numbered name when its own is taken.
    """
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER, binned=True).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER, binned=True)
        if node.deleted_root != node.id:
            raise Conflict("restore_the_folder")
        was = None if node.parent_id is None else Node.objects.select_related("workspace").get(id=node.parent_id)
        to_root = not choose and was is not None and was.deleted_at is not None
        if to_root and not node.has_own_scope and node.scope_id != workspace_id:
            raise Conflict("restore_the_folder", errors={"folder": was.name if was else ""})  # never wider unasked
        place = living_parent(parent_id) if choose else None if to_root else was
        policies.require_place(actor, workspace_id, place)
        place_id = None if place is None else place.id
        require_place_unlocked(actor, workspace_id, place_id)
        name = free_name(workspace_id, place_id, node.name)
        renamed = name != node.name
        with unique_name(actor, workspace_id, place_id, name):
            _bring_back(node, place, name)
        inner = Node.objects.filter(deleted_root=node.id).exclude(id=node.id)
        own = list(inner.filter(id=F("scope_id"))[: MAX_SCOPES + 1])
        inner.update(deleted_at=None, deleted_by=None, deleted_root=None, version=F("version") + 1, updated_at=now())
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
        for folder in own[:MAX_SCOPES]:
            emit.changed(NODE, scope=folder.id, data=queries.node_out(locked(folder.id)))
        record_activity(actor=actor, node=node, verb=Verb.RESTORED)
        journal.note(actor, "document.restored", node)
    return Restored(node, moved_to_root=to_root, renamed=renamed)


def _bring_back(node: Node, place: Node | None, name: str) -> None:
    node.parent = place
    node.name, node.folded = name, names.key(name)
    node.deleted_at, node.deleted_by, node.deleted_root = None, None, None
    scope_id = node.workspace_id if place is None else place.scope_id
    if not node.has_own_scope and node.scope_id != scope_id:
        rescope(node, scope_id)
    node.touch()
    node.save()


@dataclass(frozen=True)
class Purged:
    """What is gone for ever (C15)."""

    documents: int
    versions: int
    bytes: int


def purge_node(*, actor: User, node_id: UUID) -> Purged:
    """For ever, by a manager, from the bin only. What went is counted, told and journalled."""
    workspace_id = queries.node_for(actor, node_id, Role.MANAGER, binned=True).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MANAGER, binned=True)
        purged = erase(emit, node)
        journal.note(actor, "document.purged", node, **asdict(purged))
    return purged


def empty_bin(*, older_than: timedelta = KEPT, limit: int = 500) -> int:
    """What has been in the bin long enough goes (R-143). Called by a daily job."""
    old = Node.objects.filter(deleted_root=F("id"), deleted_at__lt=now() - older_than)
    count = 0
    for node_id, workspace_id in old.values_list("id", "workspace_id")[:limit]:
        with unit_of_work() as emit:
            lock_tree(workspace_id, shape=True)
            node = Node.objects.filter(id=node_id, deleted_root=node_id).first()
            if node is not None:
                journal.note(None, "document.purged", node, **asdict(erase(emit, node)))
                count += 1
    return count


def erase(emit: Emit, node: Node) -> Purged:
    """Inside a unit of work: rows now, bytes that nothing else holds after COMMIT, space given back."""
    ids = [row[0] for row in statements.many(statements.SUBTREE, id=node.id)]
    held = set(Version.objects.filter(node_id__in=ids).values_list("blob", flat=True))
    shared = set(Version.objects.filter(blob__in=held).exclude(node_id__in=ids).values_list("blob", flat=True))
    gone = held - shared
    sizes = dict(Version.objects.filter(node_id__in=ids, blob__in=gone).values_list("blob", "size"))
    release(node.workspace_id, sum(sizes.values()))
    previews.forget(list(Version.objects.filter(node_id__in=ids).values_list("id", flat=True)))
    purged = Purged(
        documents=Node.objects.filter(id__in=ids, kind=Kind.DOCUMENT).count(),
        versions=Version.objects.filter(node_id__in=ids).count(),
        bytes=sum(sizes.values()),
    )
    scopes = list(AccessScope.objects.filter(id__in=ids, kind=ScopeKind.FOLDER))
    Upload.objects.filter(parent_id__in=ids).update(parent=None)
    Upload.objects.filter(share__node_id__in=ids).update(share=None, expires_at=now())  # an outsider's, on its way
    Node.objects.filter(id__in=ids).update(parent=None, scope_id=node.workspace_id)
    Node.objects.filter(id__in=ids).delete()
    for scope in scopes:
        drop_scope(emit, scope)
    transaction.on_commit(lambda: blobs.discard_all(gone))
    return purged


def _changed(node: Node) -> Exception:
    return PreconditionFailed(errors={"current": queries.node_out(node).model_dump(mode="json")})
