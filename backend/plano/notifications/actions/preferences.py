"""How and when a person wishes to be told. Theirs alone."""

from uuid import UUID

from plano.accounts.models import User
from plano.accounts.policies import is_acquainted
from plano.kernel.clock import now
from plano.kernel.errors import Invalid
from plano.notifications import policies, queries
from plano.notifications.models import Preference, Rhythm
from plano.notifications.schemas import PreferencesIn, RhythmIn, WishIn
from plano.platform.live import unit_of_work


def set_preferences(*, actor: User, given: PreferencesIn) -> None:
    """The whole table at once. What is as Plano proposes is not kept, so that a better proposal reaches it."""
    places = policies.workspaces_of(actor)
    if any(place.workspace_id not in places for place in given.workspaces):
        raise Invalid("workspace_not_found", errors={"workspaces": "workspace_not_found"})
    wanted: dict[tuple[UUID | None, str], WishIn] = {(None, wish.group): wish for wish in given.everywhere}
    wanted |= {(place.workspace_id, wish.group): wish for place in given.workspaces for wish in place.wishes}
    with unit_of_work():
        _own_row(actor, mail_text=given.mail_text)  # held: of two tables at once the second stays
        Preference.objects.filter(user=actor).delete()
        Preference.objects.bulk_create(
            Preference(user=actor, workspace_id=place, group=group, page=wish.page, push=wish.push, mail=wish.mail)
            for (place, group), wish in wanted.items()
            if place is not None or (wish.page, wish.push, wish.mail) != _proposed(group)
        )


def reset_preferences(*, actor: User) -> None:
    """All as Plano proposes."""
    set_preferences(actor=actor, given=PreferencesIn())


def set_rhythm(*, actor: User, given: RhythmIn) -> None:
    """All of it at once; exceptions only for people whom the person can know (R-10)."""
    _require_pairs(given)
    people = list(dict.fromkeys(given.people))
    known = {person.id for person in User.objects.filter(id__in=people) if is_acquainted(actor, person)}
    if set(people) - known - {actor.id}:
        raise Invalid("person_not_found", errors={"people": "person_not_found"})
    fields = given.model_dump() | {
        "people": people,
        "words": list(dict.fromkeys(given.words)),
        "days": sorted(set(given.days)),
    }
    with unit_of_work():
        _own_row(actor, **fields)


def _own_row(actor: User, **fields: object) -> None:
    house = queries.house_rhythm(actor)
    defaults = {"disconnects": house.disconnects, "territory": house.territory}
    row, _ = Rhythm.objects.get_or_create(user=actor, defaults=defaults)
    row = Rhythm.objects.select_for_update().get(user=actor)
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = now()
    row.save()


def _proposed(group: str) -> tuple[bool, bool, str]:
    wish = next(wish for name, wish in queries.PROPOSED.items() if name == group)
    return (wish.page, wish.push, str(wish.mail))


def _require_pairs(given: RhythmIn) -> None:
    if given.begins == given.ends:
        raise Invalid("no_working_time", errors={"ends": "no_working_time"})
    if (given.quiet_from is None) != (given.quiet_to is None):
        raise Invalid("quiet_hours_unfinished", errors={"quiet_to": "required"})
    if (given.absent_from is None) != (given.absent_to is None):
        raise Invalid("absence_unfinished", errors={"absent_to": "required"})
    if given.absent_from and given.absent_to and given.absent_to < given.absent_from:
        raise Invalid("ends_before_it_begins", errors={"absent_to": "ends_before_it_begins"})
