"""Disturbing somebody out of hours, on purpose: a few times a day, and counted for both."""

from collections.abc import Sequence
from uuid import UUID

from plano.accounts.models import User
from plano.kernel import clock
from plano.kernel.errors import TooMany
from plano.notifications import queries
from plano.notifications.models import Urgent


def count_urgent(*, actor: User, people: Sequence[User], link_id: UUID) -> None:
    """Inside the unit of work that sends it. Refused when the day's number is used up. Only who is off is counted."""
    at = clock.now()
    off = [person for person in people if queries.next_moment(person, at) != at]
    if not off:
        return
    User.objects.select_for_update().filter(id=actor.id).values_list("id").get()  # two at once count one by one
    if queries.urgents_of(actor).sent_today >= queries.URGENT_A_DAY:
        raise TooMany("urgent_used_up", errors={"limit": queries.URGENT_A_DAY})
    Urgent.objects.bulk_create(
        [Urgent(sender=actor, receiver=person, link_id=link_id, at=at) for person in off], ignore_conflicts=True
    )
