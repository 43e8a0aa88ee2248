"""What a person may be told of has its name on the wire, its group of wishes and its sentences, or the build fails."""

from plano.notifications.models import NotificationKind
from plano.notifications.queries import GROUP_OF
from plano.notifications.schemas import KIND_NAMES
from plano.notifications.texts import ENGLISH, FRENCH


def test_every_kind_has_its_name_on_the_wire_its_group_of_wishes_and_its_sentences() -> None:
    assert set(KIND_NAMES) == set(NotificationKind.values)
    assert {str(kind) for kind in GROUP_OF} == set(NotificationKind.values)
    assert set(FRENCH.kinds) == set(ENGLISH.kinds) == set(NotificationKind.values)
