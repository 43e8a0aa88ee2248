"""Telling those who are written to by name of place: a conversation of few. And disturbing them on purpose.

Telling waits for a moment: who has the conversation before their eyes reads it meanwhile, and is told nothing.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from plano.accounts.models import User
from plano.chat import policies, queries
from plano.chat.models import Channel, ChannelKind, Level, Mark, Message
from plano.kernel.errors import Forbidden, Invalid
from plano.notifications.actions import count_urgent, tally
from plano.notifications.models import Notification
from plano.platform.live import unit_of_work
from plano.workspaces import policies as access

TELL = "chat.tell_conversation"
READING_SECONDS = 5
MOST_COUNTED = 100
MOST_URGENT = 15
KIND = "direct"


def tell_later(channel_id: UUID) -> None:
    """After COMMIT. One such job waits for a conversation; it tells of all that came meanwhile."""
    job = app.configure_task(
        TELL, queue="chat", queueing_lock=f"{TELL} {channel_id}", schedule_in={"seconds": READING_SECONDS}
    )
    try:
        with transaction.atomic():
            job.defer(channel_id=str(channel_id))
    except AlreadyEnqueued:
        pass


def tell_conversation(channel_id: UUID, *, urgent_for: Sequence[User] | None = None) -> None:
    """Each of its people who has not read the newest, unless they asked for silence here; with the number of them.

    `urgent_for`: these people alone, and it disturbs them. Their streams are locked already, nobody else's is.
    """
    channel = Channel.objects.filter(id=channel_id, kind=ChannelKind.CONVERSATION).first()
    if channel is None:
        return
    said = Message.objects.filter(channel=channel, thread=None, deleted_at=None, system__isnull=True)
    newest = said.select_related("author").order_by("-seq").first()
    if newest is None:
        return
    marks = {mark.user_id: mark for mark in Mark.objects.filter(channel=channel)}
    known = dict(
        Notification.objects.filter(kind=KIND, link_id=channel_id, read_at=None).values_list("user_id", "count")
    )
    people = people_of(channel) if urgent_for is None else urgent_for
    with unit_of_work() as emit:
        for person in sorted(people, key=lambda person: person.id):
            mark = marks.get(person.id)
            if mark is not None and mark.level != Level.ALL:
                continue
            unread = said.filter(seq__gt=mark.seq if mark else 0).exclude(author=person)
            unread = unread.exclude(mention_rows__user=person)[:MOST_COUNTED]  # told of those already
            fresh = len(unread.values_list("id")) - known.get(person.id, 0)
            if fresh > 0:
                tally(
                    emit=emit,
                    person=person,
                    kind=KIND,
                    actor=newest.author,
                    count=fresh,
                    title=newest.text[:200],
                    link_kind="chat.channel",
                    link_id=channel_id,
                    workspace_id=channel.workspace_id,
                    scope_id=channel_id,
                    parent_id=channel_id,
                    urgent=urgent_for is not None,
                )


def people_of(channel: Channel) -> list[User]:
    return [one.user for one in access.explain_scope(channel.id) if one.user.is_active]


def whom_urgent(actor: User, channel: Channel, *, named: Sequence[User], groups: bool) -> list[User]:
    """Whom an urgent message disturbs: those it names, or the others of a conversation; never « all »."""
    if groups:
        raise Invalid("urgent_not_for_all", errors={"urgent": "urgent_not_for_all"})
    if not policies.rules_of(channel.workspace_id).urgent:
        raise Forbidden("urgent_off")
    found = list(named)
    if not found and channel.kind == ChannelKind.CONVERSATION:
        found = [person for person in people_of(channel) if person.id != actor.id]
    if not 0 < len(found) <= MOST_URGENT:
        raise Invalid("urgent_needs_people", errors={"urgent": "urgent_needs_people"})
    return found


def disturb(*, actor: User, channel: Channel, id: UUID, people: Sequence[User], named: bool) -> None:
    """Inside the unit of work of the message: counted, and in a conversation told at once."""
    count_urgent(actor=actor, people=people, link_id=id)
    if not named:
        tell_conversation(channel.id, urgent_for=people)


def few_people(actor: User, channel_id: UUID) -> list[User]:
    """The others of a place of few, for whoever writes there; nobody of a larger one."""
    people = people_of(queries.channel_for(actor, channel_id))
    return people if len(people) <= MOST_URGENT else []
