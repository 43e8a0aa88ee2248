"""Files of conversations are documents of the library, in a folder for exactly the people of the conversation."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.live import DRAFT
from plano.chat.models import Attachment, Channel, ChannelKind, Draft, FilesPlace, Message, MessageFile, Scheduled
from plano.chat.schemas import DraftOut
from plano.chat.schemas.files import MAX_FILES
from plano.documents import actions as documents
from plano.documents import policies as documents_policies
from plano.documents.actions import belonging
from plano.documents.actions.tree import lock_tree
from plano.documents.models import Node
from plano.kernel.clock import now
from plano.kernel.errors import DomainError, Invalid
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import AccessScope

ABANDONED = timedelta(days=7)
JUST_PUT = timedelta(days=1)
PLACE = {"fr": "Fichiers des discussions", "en": "Conversation files"}
PRIVATE = {"fr": "réservé", "en": "private"}


def open_folder(*, actor: User, channel_id: UUID) -> Node:
    """The folder of the conversation's files, made when the first one needs it."""
    channel = queries.channel_for(actor, channel_id)
    policies.require_write(actor, channel)
    documents_policies.room_of(actor, channel.workspace_id)
    with unit_of_work() as emit:
        lock_tree(channel.workspace_id, shape=True)
        channel = Channel.objects.select_related("workspace").get(id=channel_id)  # its name under the lock
        scope = AccessScope.objects.get(id=channel_id)
        known = Node.objects.filter(id=channel_id, scope_id=channel_id, deleted_at=None).first()
        if known is not None:
            return known
        place = _place(emit, actor, channel)
        return belonging.found_folder(
            emit, actor=actor, scope=scope, parent=place, name=_name(channel, actor, open=scope.open)
        )


def rename_folder(emit: Emit, *, actor: User, channel: Channel) -> None:
    """Inside the unit of work that renames the channel."""
    opened = AccessScope.objects.values_list("open", flat=True).get(id=channel.id)
    belonging.rename_folder(emit, scope_id=channel.id, name=_name(channel, actor, open=opened))


def require_files(actor: User, channel: Channel, ids: Iterable[UUID]) -> list[UUID]:
    """The documents that a message shall carry: of this workspace, and seen by who sends it; in their order, once."""
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MAX_FILES:
        raise Invalid("too_many_files", errors={"files": "too_many_files"})
    found = [node.id for node in queries.citable(actor, channel, wanted)]
    if len(found) != len(wanted):  # the same for what never was and what the actor may not know
        raise Invalid("file_not_found", errors={"files": "file_not_found"})
    return found


def carry(message: Message) -> None:
    """Inside the unit of work that sent it: what it carries, to be found; none of it waits to be sent any more."""
    ids = [UUID(id) for id in message.files]
    MessageFile.objects.bulk_create(
        [
            MessageFile(message=message, channel_id=message.channel_id, node_id=id, position=at, seq=message.seq)
            for at, id in enumerate(ids)
        ]
    )
    Attachment.objects.filter(node_id__in=ids).delete()


def hold(actor: User, channel: Channel, ids: Iterable[UUID]) -> list[UUID]:
    """What a draft carries, of what its author sees. Files that were put here for it wait to be sent."""
    nodes = queries.citable(actor, channel, list(ids)[:MAX_FILES])
    put = [node.id for node in nodes if node.scope_id == channel.id and node.created_by_id == actor.id]
    sent = set(MessageFile.objects.filter(node_id__in=put).values_list("node_id", flat=True))
    at = now()
    Attachment.objects.bulk_create(
        [Attachment(node_id=id, user=actor, channel=channel, touched_at=at) for id in put if id not in sent],
        update_conflicts=True,
        unique_fields=["node"],
        update_fields=["touched_at"],
    )
    return [node.id for node in nodes]


def take_back(*, actor: User, channel_id: UUID, node_id: UUID) -> None:
    """What I put here to send it and do not send: to the bin. What anybody sent, or has long been here, stays."""
    queries.channel_for(actor, channel_id)
    waiting = Attachment.objects.filter(node_id=node_id, user=actor, channel_id=channel_id).first()
    if waiting is None:  # taken off before a draft could say that it waits
        fresh = Node.objects.filter(created_by=actor, scope_id=channel_id, created_at__gt=now() - JUST_PUT)
        if fresh.filter(id=node_id).exclude(id=channel_id).exists():
            waiting = Attachment.objects.create(node_id=node_id, user=actor, channel_id=channel_id)
    if waiting is not None:
        _throw_away(waiting)


def forget_abandoned(at: datetime | None = None, limit: int = 200) -> int:
    """Files put into a conversation a week ago and never sent go to the bin, and out of drafts. Called by a job."""
    old = Attachment.objects.select_related("user").filter(touched_at__lt=(at or now()) - ABANDONED)
    gone = 0
    for waiting in old.order_by("touched_at")[:limit]:
        with unit_of_work() as emit:
            _out_of_drafts(emit, waiting)
        gone += _throw_away(waiting)
    return gone


def _out_of_drafts(emit: Emit, waiting: Attachment) -> None:
    id = str(waiting.node_id)
    drafts = Draft.objects.select_for_update(of=("self",)).select_related("channel")
    for draft in drafts.filter(user=waiting.user, channel_id=waiting.channel_id, files__contains=[id]):
        draft.files = [held for held in draft.files if held != id]
        draft.touch()
        draft.save(update_fields=["files", "version", "updated_at"])
        emit.changed(DRAFT, scope=waiting.user_id, data=DraftOut.from_model(draft))


def _throw_away(waiting: Attachment) -> bool:
    """Only while nobody sent it, or will. Who lost the right to delete it leaves it where it is."""
    node_id, author = waiting.node_id, waiting.user
    sent = MessageFile.objects.filter(node_id=node_id).exists()
    planned = Scheduled.objects.filter(channel_id=waiting.channel_id, files__contains=[str(node_id)]).exists()
    lies_here = Node.objects.filter(id=node_id, scope_id=waiting.channel_id, deleted_at=None).exists()
    waiting.delete()
    if sent or planned or not lies_here:
        return False
    try:
        documents.delete_node(actor=author, node_id=node_id)
    except DomainError:
        return False
    return True


def _place(emit: Emit, actor: User, channel: Channel) -> Node:
    known = FilesPlace.objects.select_related("node").filter(workspace_id=channel.workspace_id).first()
    if known is not None and known.node.deleted_at is None and known.node.workspace_id == channel.workspace_id:
        return known.node
    node = belonging.found_place(emit, actor=actor, workspace=channel.workspace, name=PLACE[actor.language])
    FilesPlace.objects.update_or_create(workspace_id=channel.workspace_id, defaults={"node": node})
    return node


def _name(channel: Channel, actor: User, *, open: bool) -> str:
    if channel.kind == ChannelKind.CONVERSATION:
        return ", ".join(person.name for person in queries.people_of([channel])[channel.id])
    return (
        channel.name if open or channel.kind == ChannelKind.MEETING else f"{channel.name} ({PRIVATE[actor.language]})"
    )
