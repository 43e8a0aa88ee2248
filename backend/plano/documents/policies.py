"""Who may do what in the library: the role in the node's scope decides (R-01, R-02)."""

from collections.abc import Iterable
from uuid import UUID

from plano.accounts.models import User
from plano.documents.models import Kind, Node, State, Version
from plano.documents.schemas import AbilityPair, NodeAbilities
from plano.documents.schemas.comments import CommentAbilities, CommentRights
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Membership, Role, Room, ScopeKind, Workspace


def require_node(actor: User, node: Node | None, at_least: Role, *, binned: bool = False) -> Role:
    """The actor's role on a node; absent, invisible and (unless asked for) binned ones answer alike (R-03)."""
    if node is None or (node.deleted_at is not None) != binned or Room.DOCUMENTS not in node.workspace.rooms:
        raise NotFound
    return access.require_role(actor, node.scope_id, at_least)


def require_place(actor: User, workspace_id: UUID, parent: Node | None, at_least: Role = Role.MEMBER) -> None:
    """The right to put things into a folder, or at the root. `parent` is what its id in the request named."""
    if parent is None:
        membership = access.membership_of(actor, workspace_id)
        access.require_room(membership.workspace, Room.DOCUMENTS)
        access.require_role(actor, workspace_id, at_least)
        return
    if parent.workspace_id != workspace_id or access.role_in(actor, parent.scope_id) is None:
        raise no_such_parent()
    if parent.deleted_at is not None or parent.kind != Kind.FOLDER:
        raise no_such_parent()
    if Room.DOCUMENTS not in parent.workspace.rooms:
        raise NotFound
    access.require_role(actor, parent.scope_id, at_least)


def is_downloadable(*, state: str, author_id: UUID | None, actor_id: UUID | None) -> bool:
    """The one rule about bytes and the antivirus (R-75), whatever the way out; `actor_id` None is an outsider's link.

    Infected bytes go to nobody; bytes still being checked only to who sent them. Ways out: downloads, older versions,
    restore, copy, previews, WebDAV, archives, share links. Raw statements ask `require_state`.
    """
    if state == State.CHECKING:
        return actor_id is not None and actor_id == author_id
    return state != State.INFECTED


def require_downloadable(actor: User | None, version: Version) -> None:
    """Refuse, with the reason, a content that this person may not have now. Everybody sees the state (documents-15)."""
    sender = None if version.depositor else version.author_id  # a deposit's author only answers for its link
    require_state(state=version.state, author_id=sender, actor_id=None if actor is None else actor.id)


def require_state(*, state: str, author_id: UUID | None, actor_id: UUID | None) -> None:
    """`require_downloadable` for a row of a raw statement."""
    if not is_downloadable(state=state, author_id=author_id, actor_id=actor_id):
        raise Forbidden("content_infected" if state == State.INFECTED else "content_checking")


def require_not_of_conversation(node: Node) -> None:
    """The folder of a conversation is not renamed, moved, deleted or opened here: it follows the conversation."""
    if node.of_conversation:
        raise Conflict("conversation_folder")


def require_none_of_conversation(ids: Iterable[UUID]) -> None:
    """The same of all that goes along with a folder; `ids` are the scopes among it."""
    if AccessScope.objects.filter(id__in=list(ids)).exclude(kind__in=(ScopeKind.FOLDER, ScopeKind.WORKSPACE)).exists():
        raise Conflict("conversation_folder_inside")


def require_new_id(id: UUID) -> None:
    """No node takes the id of somebody's access scope: it would pass for what that scope is of."""
    if AccessScope.objects.filter(id=id).exists():
        raise Conflict("identifier_in_use")


def no_such_parent() -> Invalid:
    """The same for a folder that never was and one that the actor may not know (R-04)."""
    return Invalid("parent_not_found", errors={"parent_id": "parent_not_found"})


def room_of(actor: User, workspace_id: UUID) -> Workspace:
    """The workspace of somebody who has the library in it, guests included."""
    workspace = access.membership_of(actor, workspace_id).workspace
    access.require_room(workspace, Room.DOCUMENTS)
    return workspace


def abilities(role: Role) -> NodeAbilities:
    """What a role may do with the nodes of a scope. The library is shared: who made a document does not matter."""
    write, manage = role >= Role.MEMBER, role >= Role.MANAGER
    return NodeAbilities(
        rename=write,
        move=write,
        delete=write,
        upload=write,
        restore=write,
        purge=manage,
        manage_access=manage,
        break_lock=manage,
    )


def ability_pairs(roles: dict[UUID, Role]) -> dict[str, AbilityPair]:
    """By scope, for lists."""
    return {str(scope): AbilityPair(own=abilities(role), others=abilities(role)) for scope, role in roles.items()}


def comment_abilities(role: Role) -> CommentAbilities:
    """Members write; one's own words only are edited; a manager takes anybody's away."""
    write, manage = role >= Role.MEMBER, role >= Role.MANAGER
    return CommentAbilities(
        write=write,
        resolve=write,
        own=CommentRights(edit=write, delete=write),
        others=CommentRights(edit=False, delete=manage),
    )


def guests_among(workspace_id: UUID, user_ids: set[UUID]) -> set[UUID]:
    """Who of these is marked as a guest."""
    found = Membership.objects.filter(workspace_id=workspace_id, user_id__in=user_ids, role=Role.GUEST)
    return set(found.values_list("user_id", flat=True))
