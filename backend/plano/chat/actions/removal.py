"""Taking words back: what stays to see is the workspace's choice, the words go everywhere."""

from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies, queries, statements
from plano.chat.actions.reminders import forget_reminders
from plano.chat.actions.rows import keep, locked_message, tell
from plano.chat.live import MESSAGE
from plano.chat.models import Follow, Mention, Message, MessageFile, Reaction, Revision, Vote
from plano.kernel.clock import now
from plano.kernel.schemas import Removed
from plano.notifications.actions import wording
from plano.platform import database
from plano.platform.live import Emit, unit_of_work

REPLIERS = 5


def delete_message(*, actor: User, message_id: UUID) -> Message | None:
    """The words go, the log and unread notifications included.

    With traces the line stays that something was said, by whom and when; without, None: nothing of it is left to see,
    unless others answered to it.
    """
    known = queries.message_for(actor, message_id)
    policies.require_delete(actor, known)
    with unit_of_work() as emit:
        root = locked_message(known.thread_id) if known.thread_id else None
        message = locked_message(message_id)
        if message.deleted_at is not None:
            return None if message.erased else message
        edited, before = message.version > 1, message.text
        _empty(message, actor)
        message.erased = message.reply_count == 0 and not policies.rules_of(message.channel.workspace_id).traces
        message.save()
        out = queries.message_out(message)
        _forget(message, out.model_dump_json(), everywhere=edited)
        wording.reword(emit=emit, links=[message.id, *([root.id] if root else [])], before=before, after="")
        forget_reminders(emit, message)
        if not message.erased:
            tell(emit, message)
            return message
        _erase(emit, message, root)
    return None


def _empty(message: Message, actor: User) -> None:
    message.text, message.mentions, message.reactions, message.made, message.files = "", [], [], [], []
    message.pinned_at = message.pinned_by = message.poll = None
    message.deleted_at, message.deleted_by = now(), actor
    message.version += 1
    for gone in (Reaction, Vote, Revision, Mention, MessageFile):
        gone._default_manager.filter(message=message).delete()


def _erase(emit: Emit, message: Message, root: Message | None) -> None:
    """From everybody's screen; its thread counts anew, and goes with its last answer when it was deleted itself."""
    Follow.objects.filter(root=message).delete()
    emit.removed(MESSAGE, scope=message.channel_id, data=Removed(id=message.id, parent_id=message.channel_id))
    if root is None:
        return
    answers = Message.objects.filter(thread=root, erased=False).order_by("-seq")
    authors = list(dict.fromkeys(answers.values_list("author_id", flat=True)[:500]))
    root.reply_count = answers.count()
    root.last_reply_at = answers.values_list("created_at", flat=True).first()
    root.repliers = authors[:REPLIERS][::-1]
    if root.deleted_at is not None and root.reply_count == 0:
        root.erased = True
        root.version += 1
        root.save()
        _erase(emit, root, None)
    else:
        keep(emit, root, "reply_count", "last_reply_at", "repliers")


def _forget(message: Message, payload: str, *, everywhere: bool) -> None:
    args: dict[str, Any] = {"payload": payload, "channel": message.channel_id, "seq": message.seq}
    if everywhere:
        database.rows(statements.FORGET, {**args, "id": str(message.id)})
    else:
        database.rows(statements.FORGET_ONE, args)
