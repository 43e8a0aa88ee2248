"""One click in a mail ends such mails; it opens and tells nothing else. Done twice, it is done."""

from typing import cast
from uuid import UUID

from plano.accounts.models import User
from plano.kernel.errors import NotFound
from plano.notifications import policies, queries, signatures
from plano.notifications.models import Cadence, Group, Preference
from plano.notifications.schemas import CadenceName, EndOut, GroupName
from plano.platform.live import unit_of_work


def end_mails(*, word: str) -> EndOut:
    """A mail about one thing: of its group in its workspace. A digest: all that comes with that digest.

    Of a workspace that the person has left no mail comes: nothing is to end, least of all everywhere.
    """
    user, ends = what_ends(word=word)
    known = signatures.muted_by(word)
    assert known is not None
    _, group, place, cadence = known
    with unit_of_work():
        User.objects.select_for_update().get(id=user.id)
        if group is None:
            _never_as_digest(user, cadence)
        elif not _is_left(user, place):
            _never(user, group, place)
    return EndOut(**{**ends.model_dump(), "ended": True})


def what_ends(*, word: str) -> tuple[User, EndOut]:
    """What one click would end, without ending it: programs that look at links in advance end nothing."""
    known = signatures.muted_by(word)
    user = User.objects.filter(id=known[0], is_active=True).first() if known is not None else None
    if known is None or user is None:
        raise NotFound
    _, group, place, cadence = known
    named: GroupName | None = None if group is None else cast("GroupName", group.value)
    if group is not None:
        wish = queries.wishes_of([user.id], group=group, workspace_id=place)[user.id]
        ended = wish.mail == Cadence.NEVER or _is_left(user, place)
    else:
        wishes = queries.preferences_of(user)
        rows = [*wishes.everywhere, *(wish for one in wishes.workspaces for wish in one.wishes)]
        ended = all(row.mail != cadence.value for row in rows)
    return user, EndOut(
        group=named,
        cadence=cast("CadenceName", cadence.value),
        workspace=policies.workspace_names([place]).get(place) if place and not _is_left(user, place) else None,
        ended=ended,
    )


def _is_left(user: User, place: UUID | None) -> bool:
    return place is not None and place not in policies.workspaces_of(user)


def _never(user: User, group: Group, place: UUID | None) -> None:
    known = queries.wishes_of([user.id], group=group, workspace_id=place)[user.id]
    kept = Preference.objects.filter(user=user, group=group)
    kept = kept.filter(workspace_id=place) if place else kept.filter(workspace=None)
    if not kept.update(mail=Cadence.NEVER):
        Preference.objects.create(
            user=user, workspace_id=place, group=group, page=known.page, push=known.push, mail=Cadence.NEVER
        )


def _never_as_digest(user: User, cadence: Cadence) -> None:
    Preference.objects.filter(user=user, mail=cadence).update(mail=Cadence.NEVER)
    chosen = set(Preference.objects.filter(user=user, workspace=None).values_list("group", flat=True))
    for group, wish in queries.PROPOSED.items():
        if group not in chosen and wish.mail == cadence:
            _never(user, group, None)
