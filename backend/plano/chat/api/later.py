"""Messages that wait for their time, reminders, and how one likes to write."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.chat import actions, queries
from plano.chat.schemas import (
    ChatWishesOut,
    ChatWishesPatch,
    ReminderForMe,
    ReminderIn,
    ReminderOut,
    ScheduledIn,
    ScheduledOut,
    ScheduledPatch,
)
from plano.kernel.http import actor, creation_id, policy
from plano.kernel.schemas import Page

router = Router(tags=["chat"])


@router.post("/channels/{uuid:channel_id}/scheduled", response={201: ScheduledOut}, openapi_extra=policy("chat.post"))
def schedule_message(request: HttpRequest, channel_id: UUID, payload: ScheduledIn) -> Status[ScheduledOut]:
    """Say something at its time. With the same id or `Idempotency-Key` again: the one that waits."""
    values = {name: getattr(payload, name) for name in ScheduledIn.model_fields if name != "id"}
    id = creation_id(request, payload.id)
    row = actions.schedule(actor=actor(request), channel_id=channel_id, id=id, **values)
    return Status(201, ScheduledOut.from_model(row))


@router.get("/scheduled", response=Page[ScheduledOut], openapi_extra=policy("signed_in"))
def list_scheduled(request: HttpRequest) -> Page[ScheduledOut]:
    """My messages that wait, everywhere."""
    return Page(items=queries.scheduled_for(actor(request)))


@router.patch("/scheduled/{uuid:scheduled_id}", response=ScheduledOut, openapi_extra=policy("chat.own"))
def change_scheduled(request: HttpRequest, scheduled_id: UUID, payload: ScheduledPatch) -> ScheduledOut:
    """Other words or another time."""
    values = {name: getattr(payload, name) for name in payload.model_fields_set}
    return ScheduledOut.from_model(actions.change_scheduled(actor=actor(request), scheduled_id=scheduled_id, **values))


@router.delete("/scheduled/{uuid:scheduled_id}", response={204: None}, openapi_extra=policy("chat.own"))
def cancel_scheduled(request: HttpRequest, scheduled_id: UUID) -> Status[None]:
    """Not said after all."""
    actions.cancel_scheduled(actor=actor(request), scheduled_id=scheduled_id)
    return Status(204, None)


@router.post("/scheduled/{uuid:scheduled_id}/send", response={204: None}, openapi_extra=policy("chat.own"))
def send_scheduled(request: HttpRequest, scheduled_id: UUID) -> Status[None]:
    """Say it now."""
    actions.send_scheduled_now(actor=actor(request), scheduled_id=scheduled_id)
    return Status(204, None)


@router.put("/messages/{uuid:message_id}/reminder", response=ReminderOut, openapi_extra=policy("chat.read"))
def set_reminder(request: HttpRequest, message_id: UUID, payload: ReminderIn) -> ReminderOut:
    """Remind me of this message at this time; asked again, it moves."""
    return ReminderOut.from_model(actions.remind(actor=actor(request), message_id=message_id, at=payload.at))


@router.get("/reminders", response=Page[ReminderForMe], openapi_extra=policy("signed_in"))
def list_reminders(request: HttpRequest) -> Page[ReminderForMe]:
    """What I want to come back to."""
    return Page(items=queries.reminders_for(actor(request)))


@router.delete("/reminders/{uuid:reminder_id}", response={204: None}, openapi_extra=policy("chat.own"))
def forget_reminder(request: HttpRequest, reminder_id: UUID) -> Status[None]:
    """Not wanted any more."""
    actions.forget_reminder(actor=actor(request), reminder_id=reminder_id)
    return Status(204, None)


@router.get("/chat-preferences", response=ChatWishesOut, openapi_extra=policy("signed_in"))
def get_chat_preferences(request: HttpRequest) -> ChatWishesOut:
    """How I like to write and to come back."""
    return queries.wishes_of(actor(request))


@router.patch("/chat-preferences", response=ChatWishesOut, openapi_extra=policy("signed_in"))
def set_chat_preferences(request: HttpRequest, payload: ChatWishesPatch) -> ChatWishesOut:
    """Change what is given, on all my devices."""
    return actions.set_wishes(actor=actor(request), **payload.model_dump(exclude_unset=True))
