"""Move and copy to a place and a name at once, over what is there when told so: how programs work on files.

What is overwritten is never lost: a document under another becomes a version of it, all else goes to the bin.
"""

from uuid import UUID

from plano.accounts.models import User
from plano.documents import names, policies, queries
from plano.documents.actions.bin import delete_node, erase
from plano.documents.actions.contents import put_version, reserve
from plano.documents.actions.copying import bear, gather
from plano.documents.actions.locks import require_place_unlocked, require_unlocked
from plano.documents.actions.moving import move_across
from plano.documents.actions.nodes import update_node
from plano.documents.actions.tree import living_parent, lock_trees, locked, require_depth
from plano.documents.live import NODE
from plano.documents.models import Approval, Kind, Node, Origin, Version
from plano.documents.queries.locks import above
from plano.kernel.errors import Conflict, PreconditionFailed
from plano.kernel.schemas import Removed
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import Role


def move_to(
    *, actor: User, node_id: UUID, workspace_id: UUID, parent_id: UUID | None, name: str, overwrite: bool
) -> bool:
    """To this place under this name; whether nothing was there before."""
    name = names.clean(name)
    before = queries.node_for(actor, node_id, Role.MEMBER)
    policies.require_place(actor, workspace_id, queries.parent_named(parent_id))
    with unit_of_work() as emit:
        lock_trees(before.workspace_id, workspace_id)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node, inside=True, place=True)
        other = _in_the_way(actor, workspace_id, parent_id, name, overwrite=overwrite, but=node.id)
        if other is None:
            require_place_unlocked(actor, workspace_id, parent_id)
        elif _become_one(emit, actor, node, other):
            return False
        else:
            delete_node(actor=actor, node_id=other.id)
        if node.workspace_id != workspace_id:
            move_across(actor=actor, node_id=node.id, workspace_id=workspace_id, parent_id=parent_id, keep_both=True)
        update_node(actor=actor, node_id=node.id, name=name, move=True, parent_id=parent_id)
        return other is None


def copy_to(
    *, actor: User, node_id: UUID, workspace_id: UUID, parent_id: UUID | None, name: str, overwrite: bool, deep: bool
) -> tuple[bool, dict[UUID, UUID]]:
    """The present contents once more, bytes shared; whether nothing was there, and which copy is of which node.

    What the actor does not see is not copied; a tree with restricted folders in it is refused: a copy would be wider.
    """
    name = names.clean(name)
    original = queries.node_for(actor, node_id)
    policies.require_place(actor, workspace_id, queries.parent_named(parent_id))
    with unit_of_work() as emit:
        lock_trees(original.workspace_id, workspace_id)
        parent = living_parent(parent_id)
        require_depth(parent)
        other = _in_the_way(actor, workspace_id, parent_id, name, overwrite=overwrite)
        if other is None:
            require_place_unlocked(actor, workspace_id, parent_id)
        elif other.id == original.id:
            raise Conflict("into_itself")
        elif Kind.FOLDER not in (other.kind, original.kind):
            _over(emit, actor, original, other)
            return False, {original.id: other.id}
        copied = gather(actor, original, deep=deep)
        if other is not None:
            if {n.id for n in copied} & above(other.id) or other.id in above(original.id):
                raise Conflict("into_itself")
            delete_node(actor=actor, node_id=other.id)
        made = bear(emit, actor, copied, workspace_id, parent, name)
    return other is None, made


def _in_the_way(
    actor: User, workspace_id: UUID, parent_id: UUID | None, name: str, *, overwrite: bool, but: UUID | None = None
) -> Node | None:
    other = queries.clash(workspace_id, parent_id, names.key(name), but=but)
    if other is None:
        return None
    if not overwrite:
        raise PreconditionFailed("name_taken")
    policies.require_node(actor, other, Role.MEMBER)
    require_unlocked(actor, other, inside=True)
    return locked(other.id)


def _become_one(emit: Emit, actor: User, node: Node, other: Node) -> bool:
    """A document moved over another of the workspace is its newest version: programs save that way.

    The one that moved is gone when its single content is kept there; else it goes to the bin with its history.
    """
    if Kind.FOLDER in (node.kind, other.kind) or node.workspace_id != other.workspace_id:
        return False
    _over(emit, actor, node, other)
    if node.content_version <= 1 and not Approval.objects.filter(node=node).exists():  # answers outlive the file
        emit.removed(NODE, scope=node.scope_id, data=Removed(id=node.id, parent_id=node.parent_id))
        erase(emit, node)
    else:
        delete_node(actor=actor, node_id=node.id)
    return True


def _over(emit: Emit, actor: User, source: Node, target: Node) -> None:
    latest = _content(actor, source)
    if latest is None or (target.content_version and latest.sha256 == target.sha256):
        return
    if target.workspace_id != source.workspace_id:
        reserve(target.workspace_id, latest.size)
    put_version(node=target, author=actor, content=latest, origin=Origin.SYNC)
    emit.changed(NODE, scope=target.scope_id, data=queries.node_out(target))


def _content(actor: User, node: Node) -> Version | None:
    latest = Version.objects.filter(node=node, number=node.content_version).first()
    if latest is not None:
        policies.require_downloadable(actor, latest)
    return latest
