"""What is one person's alone: how far they have read, what disturbs them, what they have begun to write."""

from collections.abc import Sequence
from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.actions.files import hold
from plano.chat.actions.threads import read_thread
from plano.chat.live import DRAFT, MARK
from plano.chat.models import Channel, ChannelKind, Draft, Mark, Message
from plano.chat.schemas import MAX_TEXT, DraftOut, MarkOut
from plano.kernel.errors import Invalid, NotFound, TooLarge
from plano.kernel.schemas import Removed
from plano.notifications import actions as notifications
from plano.notifications.models import Notification
from plano.platform.live import Emit, unit_of_work


def set_mark(*, actor: User, channel_id: UUID, seq: int, back: bool = False, thread_id: UUID | None = None) -> MarkOut:
    """Read up to `seq`, on all devices; only `back` moves it back. What was read leaves the notifications too."""
    channel = queries.channel_for(actor, channel_id)
    known = _mark_of(actor, channel)
    if thread_id is not None:
        read_thread(actor=actor, root_id=thread_id, seq=seq)
        _read_notifications(actor, channel, seq, thread_id=thread_id)
        return known
    seq = min(seq, max(known.last_seq, known.seq))
    if known.version and (seq == known.seq or (seq < known.seq and not back)):
        return known
    with unit_of_work() as emit:
        mark = _row(actor, channel)
        if back or seq > mark.seq:
            mark.seq = seq
        out = _keep(emit, actor, channel, mark)
        _read_notifications(actor, channel, mark.seq)
    return out


def set_level(*, actor: User, channel_id: UUID, level: str) -> MarkOut:
    """All, mentions or nothing of this channel."""
    channel = queries.channel_for(actor, channel_id)
    before = _mark_of(actor, channel)
    with unit_of_work() as emit:
        mark = _row(actor, channel, seq=before.seq)
        mark.level = level
        return _keep(emit, actor, channel, mark)


def keep_draft(
    *,
    actor: User,
    channel_id: UUID,
    text: str,
    thread_id: UUID | None = None,
    files: Sequence[UUID] | None = None,
) -> DraftOut | None:
    """Keep what was begun, or forget it when nothing is left. The last device that writes wins.

    Without `files` those of a draft that has words stay with it: a page that knows none of them says nothing of them.
    """
    channel = queries.channel_for(actor, channel_id)
    if len(text) > MAX_TEXT:
        raise TooLarge("message_too_long", errors={"text": "too_long", "limit": MAX_TEXT})
    if not text.strip() and not files:
        _forget_draft(actor, channel_id, thread_id)
        return None
    policies.require_post(actor, channel, in_thread=thread_id is not None)
    if thread_id and not Message.objects.filter(id=thread_id, channel_id=channel_id, thread=None).exists():
        raise Invalid("thread_not_found", errors={"thread_id": "thread_not_found"})
    with unit_of_work() as emit:
        carried = None if files is None else [str(id) for id in hold(actor, channel, files)]
        draft, fresh = Draft.objects.select_for_update(of=("self",)).get_or_create(
            user=actor, channel=channel, thread_id=thread_id, defaults={"text": text, "files": carried or []}
        )
        if not fresh:
            carried = draft.files if carried is None else carried
            if (draft.text, draft.files) == (text, carried):
                return DraftOut.from_model(draft)
            draft.text, draft.files = text, carried
            draft.touch()
            draft.save(update_fields=["text", "files", "version", "updated_at"])
        out = DraftOut.from_model(draft)
        emit.changed(DRAFT, scope=actor.id, data=out)
    return out


def _forget_draft(actor: User, channel_id: UUID, thread_id: UUID | None) -> None:
    with unit_of_work() as emit:
        drafts = Draft.objects.select_for_update().filter(user=actor, channel_id=channel_id, thread_id=thread_id)
        for draft in drafts:
            draft_id = draft.id
            draft.delete()
            emit.removed(DRAFT, scope=actor.id, data=Removed(id=draft_id, parent_id=channel_id))


def _mark_of(actor: User, channel: Channel) -> MarkOut:
    marks = queries.marks_for(actor, channel_id=channel.id, kinds=ChannelKind.values)
    if channel.id not in marks:
        raise NotFound
    return marks[channel.id]


def _row(actor: User, channel: Channel, *, seq: int = 0) -> Mark:
    Mark.objects.get_or_create(user=actor, channel=channel, defaults={"version": 0, "seq": seq})
    return Mark.objects.select_for_update(of=("self",)).get(user=actor, channel=channel)


def _keep(emit: Emit, actor: User, channel: Channel, mark: Mark) -> MarkOut:
    mark.touch()
    mark.save(update_fields=["seq", "level", "version", "updated_at"])
    out = _mark_of(actor, channel)
    emit.changed(MARK, scope=actor.id, data=out)
    return out


def _read_notifications(actor: User, channel: Channel, seq: int, *, thread_id: UUID | None = None) -> None:
    if thread_id is None:
        direct = Notification.objects.filter(user=actor, read_at=None, kind="direct", link_id=channel.id)
        newer = Message.objects.filter(channel=channel, thread=None, seq__gt=seq, system__isnull=True)
        told = list(direct.values_list("id", flat=True))
        if told and not newer.exclude(author=actor).exists():
            notifications.mark_read(actor=actor, ids=told)
    rows = Notification.objects.filter(user=actor, read_at=None, parent_id=channel.id, link_kind="chat.message")
    rows = rows.exclude(kind="reminder")  # one came back to it on purpose: only opening it does away with it
    links = dict(rows.values_list("link_id", "id"))
    if not links:
        return
    if thread_id is None:
        mentions = rows.filter(kind="mention").values("link_id")
        read = list(Message.objects.filter(id__in=mentions, thread=None, seq__lte=seq).values_list("id", flat=True))
    else:
        replies = Message.objects.filter(id__in=links, thread_id=thread_id).values_list("id", flat=True)
        read = [*replies, thread_id]
    ids = list(rows.filter(link_id__in=read).values_list("id", flat=True))
    if ids:
        notifications.mark_read(actor=actor, ids=ids)
