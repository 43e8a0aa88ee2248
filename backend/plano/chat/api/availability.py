"""When the people of a small place will hear of a message sent now."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.chat.actions.direct import few_people
from plano.kernel.http import actor, policy
from plano.kernel.schemas import Page
from plano.notifications.queries import availabilities
from plano.notifications.schemas import AvailabilityOut

router = Router(tags=["chat"])


@router.get(
    "/channels/{uuid:channel_id}/availability", response=Page[AvailabilityOut], openapi_extra=policy("chat.read")
)
def list_availability(request: HttpRequest, channel_id: UUID) -> Page[AvailabilityOut]:
    """« Sera lu lundi »: of up to fifteen people, those who are off now and let it be said. Nothing is kept."""
    found = availabilities(actor(request), few_people(actor(request), channel_id))
    return Page(items=[one for one in found if one.reads_at is not None or one.away])
