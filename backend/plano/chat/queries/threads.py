"""Threads that a person follows, each with what is new in it."""

from collections.abc import Sequence
from uuid import UUID

from plano.accounts.models import User
from plano.chat import statements
from plano.chat.models import Follow, Message
from plano.chat.queries.floors import floor_of
from plano.chat.queries.messages import message_for, messages_out
from plano.chat.schemas import ThreadForMe, ThreadOut
from plano.kernel.errors import Invalid
from plano.platform import database
from plano.workspaces import policies as access
from plano.workspaces.models import Room


def threads_for(actor: User, workspace_id: UUID) -> list[ThreadForMe]:
    """What this person follows in a workspace, the latest answers first, at most a hundred."""
    access.require_room(access.membership_of(actor, workspace_id).workspace, Room.CHAT)
    found = _places(actor, access.visible_scope_ids(actor, workspace_id), None)
    roots = Message.objects.select_related("author", "channel").in_bulk([place.id for place in found])
    shown = {root.id: root for root in messages_out([roots[place.id] for place in found])}
    return [ThreadForMe(**dict(place), root=shown[place.id]) for place in found]


def root_for(actor: User, channel_id: UUID, thread_id: UUID, *, locked: bool = False) -> Message:
    """What one may still answer there: it stands, begins a thread, and is no older than what the actor may read."""
    roots = Message.objects.select_related("channel", "author")
    if locked:
        roots = roots.select_for_update(of=("self",))
    root = roots.filter(id=thread_id, channel_id=channel_id, thread=None, deleted_at=None, system__isnull=True).first()
    if root is None or root.seq <= floor_of(actor.id, root.channel):
        raise Invalid("thread_not_found", errors={"thread_id": "thread_not_found"})
    return root


def thread_for(actor: User, root_id: UUID) -> ThreadOut:
    """This person's place in one thread, followed or not."""
    root = message_for(actor, root_id)
    found = _places(actor, [root.channel_id], root_id)
    if found:
        return found[0]
    return ThreadOut.at(root, following=False)


def followers_of(root: Message) -> list[UUID]:
    """Who follows a thread, whether they may still read it or not."""
    return list(Follow.objects.filter(root=root, following=True).order_by("id").values_list("user_id", flat=True))


def _places(actor: User, scopes: Sequence[UUID], root_id: UUID | None) -> list[ThreadOut]:
    rows = database.rows(statements.THREADS, {"user": actor.id, "scopes": list(scopes), "root": root_id})
    fields = list(ThreadOut.model_fields)
    return [ThreadOut.model_validate(dict(zip(fields, row, strict=True))) for row in rows]
