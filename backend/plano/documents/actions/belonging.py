"""Folders that belong to something else: a conversation's files. Their people, name and end are that thing's matter.

Such a folder has the id of the other thing's access scope, so every rule about folders with people of their own holds;
what would change that scope is refused here (ADR 0016).
"""

from uuid import UUID

from plano.accounts.models import User
from plano.documents import names, queries
from plano.documents.actions.nodes import born
from plano.documents.actions.tree import free_name, lock_tree, locked
from plano.documents.live import NODE
from plano.documents.models import Kind, Node
from plano.kernel.errors import Conflict
from plano.kernel.ids import uuid7
from plano.platform.live import Emit
from plano.workspaces.models import AccessScope, Workspace


def found_place(emit: Emit, *, actor: User, workspace: Workspace, name: str) -> Node:
    """Inside a unit of work that holds the tree alone: a folder of the workspace, at the top, under a free name."""
    name = free_name(workspace.id, None, name)
    node = born(emit, actor=actor, id=uuid7(), workspace_id=workspace.id, parent=None, kind=Kind.FOLDER, name=name)
    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node


def found_folder(emit: Emit, *, actor: User, scope: AccessScope, parent: Node, name: str) -> Node:
    """Inside a unit of work that holds the tree alone: the folder of what has this scope; once there, the same."""
    known = Node.objects.select_related("scope").filter(id=scope.id).first()
    if known is not None:
        if known.scope_id != scope.id or known.kind != Kind.FOLDER or known.deleted_at is not None:
            raise Conflict("identifier_in_use")
        return known
    name = free_name(scope.workspace_id, parent.id, _legal(name))
    node = Node.objects.create(
        id=scope.id,
        workspace_id=scope.workspace_id,
        scope=scope,
        parent=parent,
        kind=Kind.FOLDER,
        name=name,
        folded=names.key(name),
        created_by=actor,
        modified_by=actor,
    )
    emit.changed(NODE, scope=scope.id, data=queries.node_out(locked(node.id)))
    return node


def rename_folder(emit: Emit, *, scope_id: UUID, name: str) -> None:
    """Inside a unit of work: the thing has another name; its folder, if there is one, follows."""
    found = Node.objects.filter(id=scope_id, scope_id=scope_id, deleted_at=None).first()
    if found is None:
        return
    lock_tree(found.workspace_id, shape=True)
    node = locked(scope_id)
    node.name = free_name(node.workspace_id, node.parent_id, _legal(name), but=node.id)
    node.folded = names.key(node.name)
    node.touch()
    node.save(update_fields=["name", "folded", "version", "updated_at"])
    emit.changed(NODE, scope=scope_id, data=queries.node_out(node))


def _legal(name: str) -> str:
    """A name that every file system takes, out of one that may have anything in it."""
    legal = "".join("-" if c in '/\\:*?"<>|' else c for c in name).strip(" .")[:80]
    return names.clean(legal or "-")
