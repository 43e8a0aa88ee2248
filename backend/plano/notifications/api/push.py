"""The devices that are told by push: one's own, bound to their sessions."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.accounts import faces
from plano.kernel.http import actor, policy
from plano.notifications import actions, queries
from plano.notifications.schemas import PushDeviceIn, PushDeviceOut, PushOut, PushTrialOut

router = Router(tags=["notifications"])


@router.get("/me/push", response=PushOut, openapi_extra=policy("own"))
def read_push(request: HttpRequest) -> PushOut:
    """Whether something is pushed here, and to which of my devices."""
    return queries.devices_of(actor(request), session_id=faces.own_session(request).id)


@router.put("/me/push", response=PushDeviceOut, openapi_extra=policy("own"))
def add_push_device(request: HttpRequest, payload: PushDeviceIn) -> PushDeviceOut:
    """This browser is told; again: renewed."""
    row = actions.push.add_device(
        actor=actor(request),
        session=faces.own_session(request),
        endpoint=payload.endpoint,
        p256dh=payload.p256dh,
        auth=payload.auth,
    )
    return PushDeviceOut.from_model(row, current=True)


@router.delete("/me/push/{uuid:device_id}", response={204: None}, openapi_extra=policy("own"))
def remove_push_device(request: HttpRequest, device_id: UUID) -> Status[None]:
    """It is told nothing more."""
    actions.push.remove_device(actor=actor(request), device_id=device_id)
    return Status(204, None)


@router.post("/me/push/{uuid:device_id}/trial", response=PushTrialOut, openapi_extra=policy("own"))
def try_push_device(request: HttpRequest, device_id: UUID) -> PushTrialOut:
    """« Essayer »."""
    return PushTrialOut(taken=actions.push.try_device(actor=actor(request), device_id=device_id))
