"""How a person wishes to be told: their own choices over what Plano proposes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Q

from plano.accounts.models import User
from plano.notifications import policies
from plano.notifications.models import Cadence, Group, NotificationKind, Preference, Rhythm
from plano.notifications.schemas import CadenceName, GroupName, PlaceWishesOut, PreferencesOut, WishOut

K = NotificationKind
GROUP_OF: dict[str, Group] = {
    K.MENTION: Group.MENTIONS,
    K.MESSAGE: Group.MENTIONS,
    K.COMMENT: Group.MENTIONS,
    K.DIRECT: Group.DIRECT,
    K.ASSIGNMENT: Group.TASKS,
    K.EVENT_INVITATION: Group.AGENDA,
    K.APPROVAL_ASKED: Group.APPROVALS,
    K.APPROVAL_ANSWERED: Group.APPROVALS,
    K.APPROVAL_REMINDER: Group.APPROVALS,
    K.APPROVAL_COMPLETED: Group.APPROVALS,
    K.APPROVAL_CANCELLED: Group.APPROVALS,
    K.APPROVAL_LOST: Group.APPROVALS,
    K.FOLLOWED: Group.DOCUMENTS,
    K.FOLLOWED_DELETED: Group.DOCUMENTS,
    K.DEPOSITED: Group.DOCUMENTS,
    K.LOCK_BROKEN: Group.DOCUMENTS,
    K.INFECTED: Group.DOCUMENTS,
    K.RETENTION: Group.DOCUMENTS,
    K.REMINDER: Group.REMINDERS,
    K.NOT_SENT: Group.REMINDERS,
    K.INVITATION: Group.SPACE,
    K.EXPORT_READY: Group.SPACE,
    K.WEBHOOK_STOPPED: Group.SPACE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How to tell of one group."""

    page: bool
    push: bool
    mail: Cadence


PROPOSED: dict[Group, Wish] = {
    Group.MENTIONS: Wish(page=True, push=True, mail=Cadence.HOURLY),
    Group.DIRECT: Wish(page=True, push=True, mail=Cadence.HOURLY),
    Group.TASKS: Wish(page=True, push=True, mail=Cadence.DAILY),
    Group.AGENDA: Wish(page=True, push=True, mail=Cadence.NOW),
    Group.APPROVALS: Wish(page=True, push=True, mail=Cadence.NOW),
    Group.DOCUMENTS: Wish(page=True, push=False, mail=Cadence.DAILY),
    Group.REMINDERS: Wish(page=True, push=True, mail=Cadence.NEVER),
    Group.SPACE: Wish(page=True, push=False, mail=Cadence.DAILY),
}


def preferences_of(user: User) -> PreferencesOut:
    """The whole table; places that the person has left are no longer in it."""
    rows = list(Preference.objects.filter(user=user).order_by("workspace_id"))
    places = policies.workspaces_of(user)
    chosen = {Group(row.group): _out(row.group, _wish(row)) for row in rows if row.workspace_id is None}
    by_place: dict[UUID, dict[str, WishOut]] = {}
    for row in rows:
        if row.workspace_id in places:
            by_place.setdefault(row.workspace_id, {})[row.group] = _out(row.group, _wish(row))
    proposed = [_out(group, wish) for group, wish in PROPOSED.items()]
    return PreferencesOut(
        everywhere=[chosen.get(group) or _out(group, PROPOSED[group]) for group in PROPOSED],
        workspaces=[
            PlaceWishesOut(workspace_id=place, wishes=[wishes[group] for group in PROPOSED if group in wishes])
            for place, wishes in by_place.items()
        ],
        proposed=proposed,
        mail_text=Rhythm.objects.filter(user=user, mail_text=True).exists(),
        address=user.email or None,
    )


def wishes_of(people: Iterable[UUID], *, group: Group, workspace_id: UUID | None) -> dict[UUID, Wish]:
    """How each of these people wishes to be told of this: here, else everywhere, else as Plano proposes."""
    ids = list(people)
    rows = Preference.objects.filter(user__in=ids, group=group).filter(_here_or_everywhere({workspace_id}))
    found = dict.fromkeys(ids, PROPOSED[group])
    for row in sorted(rows, key=lambda row: row.workspace_id is not None):
        found[row.user_id] = _wish(row)
    return found


def _here_or_everywhere(places: Collection[UUID | None]) -> Q:
    return Q(workspace_id=None) | Q(workspace_id__in=[place for place in places if place is not None])


def _wish(row: Preference) -> Wish:
    return Wish(page=row.page, push=row.push, mail=Cadence(row.mail))


def _out(group: str, wish: Wish) -> WishOut:
    return WishOut(
        group=cast("GroupName", str(group)), page=wish.page, push=wish.push, mail=cast("CadenceName", str(wish.mail))
    )
