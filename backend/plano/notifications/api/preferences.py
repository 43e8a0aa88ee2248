"""How and when I wish to be told, and when others will hear of what I send."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from plano.accounts.models import User
from plano.accounts.policies import require_acquainted
from plano.kernel.http import actor, policy
from plano.notifications import actions, queries
from plano.notifications.schemas import (
    AvailabilityOut,
    PreferencesIn,
    PreferencesOut,
    RhythmIn,
    RhythmOut,
    UrgentsOut,
)

router = Router(tags=["notifications"])


@router.get("/notifications/preferences", response=PreferencesOut, openapi_extra=policy("own"))
def read_preferences(request: HttpRequest) -> PreferencesOut:
    """The whole table: groups of kinds, ways, workspaces that differ."""
    return queries.preferences_of(actor(request))


@router.put("/notifications/preferences", response=PreferencesOut, openapi_extra=policy("own"))
def set_preferences(request: HttpRequest, payload: PreferencesIn) -> PreferencesOut:
    actions.set_preferences(actor=actor(request), given=payload)
    return queries.preferences_of(actor(request))


@router.delete("/notifications/preferences", response=PreferencesOut, openapi_extra=policy("own"))
def reset_preferences(request: HttpRequest) -> PreferencesOut:
    """As Plano proposes, everywhere."""
    actions.reset_preferences(actor=actor(request))
    return queries.preferences_of(actor(request))


@router.get("/notifications/rhythm", response=RhythmOut, openapi_extra=policy("own"))
def read_rhythm(request: HttpRequest) -> RhythmOut:
    """My hours, and whether something may ring now."""
    return queries.rhythm_out(actor(request))


@router.put("/notifications/rhythm", response=RhythmOut, openapi_extra=policy("own"))
def set_rhythm(request: HttpRequest, payload: RhythmIn) -> RhythmOut:
    actions.set_rhythm(actor=actor(request), given=payload)
    return queries.rhythm_out(actor(request))


@router.get("/notifications/urgent", response=UrgentsOut, openapi_extra=policy("own"))
def read_urgent(request: HttpRequest) -> UrgentsOut:
    """How often I disturbed people out of hours, and who disturbed me."""
    return queries.urgents_of(actor(request))


@router.get(
    "/people/{uuid:person_id}/availability", response=AvailabilityOut, openapi_extra=policy("accounts.acquaintance")
)
def read_availability(request: HttpRequest, person_id: UUID) -> AvailabilityOut:
    """When somebody will hear of a message sent now. Nothing is kept, and nothing of the past is told."""
    person = require_acquainted(actor(request), User.objects.filter(id=person_id, is_active=True).first())
    return queries.availability_of(person)
