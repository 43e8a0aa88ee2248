"""Where each person's reading begins: the past of some private channels is not for newcomers."""

from uuid import UUID

from plano.chat.models import Channel, Entrance, History


def floors_of(user_id: UUID) -> dict[UUID, int]:
    """The channels whose past this person does not read, each with its last hidden number."""
    found = Entrance.objects.filter(user_id=user_id, channel__history=History.JOINED)
    return dict(found.values_list("channel_id", "seq"))


def floor_of(user_id: UUID, channel: Channel) -> int:
    """The last number that is hidden from this person here; 0 when nothing is."""
    if channel.history != History.JOINED:
        return 0
    found = Entrance.objects.filter(user_id=user_id, channel=channel).values_list("seq", flat=True).first()
    return found or 0
