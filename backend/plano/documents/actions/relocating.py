"""Move and copy to a place and a name at once, over what is there when told so: how programs work on files.

What is overwritten is never lost: a document under another becomes a version of it, all else goes to the bin.
"""

from uuid import UUID

from plano.accounts.models import User
from plano.documents import names, policies, queries, statements
from plano.documents.actions import checking
from plano.documents.actions.bin import delete_node, erase
from plano.documents.actions.contents import put_version, reserve
from plano.documents.actions.locks import require_place_unlocked, require_unlocked
from plano.documents.actions.moving import move_across
from plano.documents.actions.nodes import update_node
from plano.documents.actions.tree import living_parent, lock_tree, locked, require_depth
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Origin, State, Version
from plano.documents.queries.locks import above
from plano.kernel.errors import Conflict, PreconditionFailed, TooLarge
from plano.kernel.ids import uuid7
from plano.kernel.schemas import Removed
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import Role

MAX_COPIED = 5000
BATCH = 500  # a statement has 65,535 parameters at most


def move_to(
    *, actor: User, node_id: UUID, workspace_id: UUID, parent_id: UUID | None, name: str, overwrite: bool
) -> bool:
    """To this place under this name; whether nothing was there before."""
    name = names.clean(name)
    before = queries.node_for(actor, node_id, Role.MEMBER)
    policies.require_place(actor, workspace_id, queries.parent_named(parent_id))
    with unit_of_work() as emit:
        for id in sorted({before.workspace_id, workspace_id}):
            lock_tree(id, shape=True)
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
        for id in sorted({original.workspace_id, workspace_id}):
            lock_tree(id, shape=True)
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
        copied = _tree(actor, original, deep=deep)
        if other is not None:
            if {n.id for n in copied} & above(other.id) or other.id in above(original.id):
                raise Conflict("into_itself")
            delete_node(actor=actor, node_id=other.id)
        made = _bear(actor, copied, workspace_id, parent, name)
        top = locked(made[original.id])
        emit.changed(NODE, scope=top.scope_id, data=queries.node_out(top))
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
    if node.content_version <= 1:
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


def _tree(actor: User, top: Node, *, deep: bool) -> list[Node]:
    """What is copied, parents before children."""
    if not deep or top.kind == Kind.DOCUMENT:
        return [top]
    seen = access.roles_by_scope(actor, top.workspace_id)
    ids = [id for id, scope, root in statements.many(statements.SUBTREE, id=top.id) if root is None and scope in seen]
    if len(ids) > MAX_COPIED:
        raise TooLarge("too_many_to_copy", errors={"most": MAX_COPIED})
    by_id = {node.id: node for node in Node.objects.select_related("scope").filter(id__in=ids, deleted_at=None)}
    if any(node.has_own_scope and not node.scope.open and node.id != top.id for node in by_id.values()):
        raise Conflict("restricted_inside")
    ordered, waiting = [by_id[top.id]], [top.id]
    below: dict[UUID | None, list[Node]] = {}
    for node in by_id.values():
        below.setdefault(node.parent_id, []).append(node)
    while waiting:
        inside = below.get(waiting.pop(), []) if waiting else []
        ordered += inside
        waiting += [node.id for node in inside if node.kind == Kind.FOLDER]
    return ordered


def _bear(actor: User, copied: list[Node], workspace_id: UUID, parent: Node | None, name: str) -> dict[UUID, UUID]:
    """The rows, in bulk."""
    scope_id = workspace_id if parent is None else parent.scope_id
    made = {node.id: uuid7() for node in copied}
    latest = {
        version.node_id: version
        for version in Version.objects.filter(node_id__in=list(made)).order_by("node_id", "number")
    }
    nodes, versions, blobs_here = [], [], set[str]()
    for node in copied:
        is_top = node is copied[0]
        new = Node(
            id=made[node.id],
            workspace_id=workspace_id,
            scope_id=scope_id,
            parent_id=(None if parent is None else parent.id) if is_top else made[node.parent_id],  # type: ignore[index]
            kind=node.kind,
            name=name if is_top else node.name,
            folded=names.key(name) if is_top else node.folded,
            created_by=actor,
            modified_by=actor,
            description=node.description,
            tags=node.tags,
        )
        nodes.append(new)
        content = latest.get(node.id)
        if node.kind == Kind.FOLDER or content is None:
            continue
        policies.require_downloadable(actor, content)
        new.size, new.sha256, new.media_type, new.blob = content.size, content.sha256, content.media_type, content.blob
        new.content_version, new.state = 1, checking.first_state(content)
        if new.state == State.CHECKING:
            checking.ask_later(content.blob)
        blobs_here.add(content.blob)
        versions.append(
            Version(
                node_id=new.id,
                number=1,
                author=actor,
                size=content.size,
                sha256=content.sha256,
                media_type=content.media_type,
                blob=content.blob,
                origin=Origin.IMPORT,
                state=new.state,
                verdict=content.verdict,
                checked_at=content.checked_at,
            )
        )
    if copied[0].workspace_id != workspace_id:
        known = Version.objects.filter(blob__in=blobs_here, node__workspace_id=workspace_id)
        fresh = blobs_here - set(known.values_list("blob", flat=True))
        reserve(workspace_id, sum({v.blob: v.size for v in versions if v.blob in fresh}.values()))
    Node.objects.bulk_create(nodes, batch_size=BATCH)
    Version.objects.bulk_create(versions, batch_size=BATCH)
    return made
