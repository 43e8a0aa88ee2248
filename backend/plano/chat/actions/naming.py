"""Naming people in a message: one by one, all who read the channel, or its managers. Who is named is told once."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.models import Channel, Level, Mark, Mention, Message
from plano.chat.schemas import GROUPS, MAX_MENTIONS, GroupName
from plano.kernel.errors import Conflict, Forbidden, Invalid
from plano.kernel.mentions import named_in
from plano.notifications.actions import notify
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import Role

TELL = "chat.tell_named"
ASKED_ABOVE, RESERVED_ABOVE, AT_ONCE = 20, 100, 40


def readers(channel_id: UUID, text: str, ids: list[UUID], *, forgiving: bool = False) -> list[User]:
    """The people named, in the order of the text; those who cannot read the channel are refused (R-04)."""
    if len(ids) > MAX_MENTIONS:
        raise Invalid("too_many_mentions", errors={"mentions": "too_many"})
    found = policies.readers_among(channel_id, ids)
    if not forgiving and len(found) != len(set(ids)):
        raise Invalid("mention_outside_channel", errors={"mentions": "mention_outside_channel"})
    return named_in(text, found)


def groups_in(text: str, groups: Iterable[GroupName]) -> list[dict[str, str]]:
    """The groups asked for whose word is in the text, as they are kept beside it."""
    found = []
    for group in dict.fromkeys(groups):
        id, words = GROUPS[group]
        word = next((word for word in words if re.search(rf"@{word}\b", text)), None)
        if word:
            found.append({"id": str(id), "name": word})
    return found


def members_of_groups(actor: User, channel: Channel, noted: Sequence[dict[str, str]], *, confirmed: bool) -> list[User]:
    """Everybody whom these groups name but the author. Many are named only on purpose; very many, by managers only."""
    if not noted:
        return []
    wanted = {one["id"] for one in noted}
    everybody = str(GROUPS["all"][0]) in wanted
    reasons = access.explain_scope(channel.id)
    people = [one.user for one in reasons if (everybody or one.role >= Role.MANAGER) and one.user.id != actor.id]
    role = access.role_in(actor, channel.id) or Role.READER
    if len(people) > RESERVED_ABOVE and not policies.can_manage(actor, channel, role):
        raise Forbidden("mention_of_all_reserved")
    if len(people) > ASKED_ABOVE and not confirmed:
        raise Conflict("mention_needs_confirmation", errors={"count": len(people)})
    return people


def mention(emit: Emit, *, actor: User, message: Message, people: Iterable[User], urgent: bool = False) -> None:
    """Counted for each until it is read, and told once; the first at once, a crowd by a job."""
    known = set(Mention.objects.filter(message=message).values_list("user_id", flat=True))
    fresh = {person.id: person for person in people if person.id not in known}
    Mention.objects.bulk_create(
        Mention(
            message=message,
            user=person,
            channel_id=message.channel_id,
            seq=message.seq,
            in_thread=message.thread_id is not None and not message.in_channel,
        )
        for person in fresh.values()
    )
    everybody = list(fresh.values())
    first = everybody[:AT_ONCE]
    tell_people(emit, actor=actor, message=message, people=first, kind="mention", link_id=message.id, urgent=urgent)
    for start in range(AT_ONCE, len(everybody), AT_ONCE):
        ids: list[JSONValue] = [str(person.id) for person in everybody[start : start + AT_ONCE]]
        app.configure_task(TELL, queue="chat").defer(message_id=str(message.id), user_ids=ids)


def tell_named(message_id: UUID, user_ids: list[UUID]) -> None:
    """The rest of a crowd, for those who may still read it."""
    message = Message.objects.select_related("channel__workspace", "author").filter(id=message_id).first()
    if message is None or message.deleted_at is not None:
        return
    people = policies.readers_among(message.channel_id, user_ids)
    with unit_of_work() as emit:
        tell_people(emit, actor=message.author, message=message, people=people, kind="mention", link_id=message.id)


def tell_people(
    emit: Emit,
    *,
    actor: User,
    message: Message,
    people: list[User],
    kind: str,
    link_id: UUID,
    urgent: bool = False,
) -> None:
    """Nobody who asked for silence here; of replies, nobody who asked for mentions only."""
    quiet = {Level.NOTHING} if kind == "mention" else {Level.NOTHING, Level.MENTIONS}
    marks = Mark.objects.filter(channel_id=message.channel_id, user__in=people, level__in=quiet)
    silent = set(marks.values_list("user_id", flat=True))
    notify(
        emit=emit,
        recipients=[person for person in people if person.id not in silent],
        kind=kind,
        actor=actor,
        title=message.text[:200],
        link_kind="chat.message",
        link_id=link_id,
        workspace_id=message.channel.workspace_id,
        scope_id=message.channel_id,
        parent_id=message.channel_id,
        urgent=urgent,
    )
