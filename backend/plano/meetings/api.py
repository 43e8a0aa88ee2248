"""JSON face of meetings. Media and signalling pass by `plano.meetings.signal`."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.kernel.errors import Unauthenticated
from plano.kernel.http import actor, creation_id, policy
from plano.meetings import actions, ice, queries
from plano.meetings.schemas import JoinIn, JoinOut, MeetingForMe, MeetingIn, MeetingPage, MeetingPatch

router = Router(tags=["meetings"])


@router.get("/workspaces/{uuid:workspace_id}/meetings", response=MeetingPage, openapi_extra=policy("meeting.see"))
def list_meetings(request: HttpRequest, workspace_id: UUID, cursor: str | None = None) -> MeetingPage:
    """Under way, planned, then past ones."""
    return queries.page_for(actor(request), workspace_id, cursor)


@router.post(
    "/workspaces/{uuid:workspace_id}/meetings", response={201: MeetingForMe}, openapi_extra=policy("meeting.start")
)
def start_meeting(request: HttpRequest, workspace_id: UUID, payload: MeetingIn) -> Status[MeetingForMe]:
    """Begin a meeting in the workspace, or in the place of `scope_id`. A channel or event has one at a time."""
    meeting = actions.start_meeting(
        actor=actor(request),
        workspace_id=workspace_id,
        id=creation_id(request, payload.id),
        title=payload.title,
        scope_id=payload.scope_id,
        link=(payload.link.kind, payload.link.id) if payload.link else None,
        starts_at=payload.starts_at,
    )
    return Status(201, queries.for_me(actor(request), meeting.id))


@router.get("/meetings/{uuid:meeting_id}", response=MeetingForMe, openapi_extra=policy("meeting.see"))
def get_meeting(request: HttpRequest, meeting_id: UUID) -> MeetingForMe:
    return queries.for_me(actor(request), meeting_id)


@router.patch("/meetings/{uuid:meeting_id}", response=MeetingForMe, openapi_extra=policy("meeting.moderate"))
def rename_meeting(request: HttpRequest, meeting_id: UUID, payload: MeetingPatch) -> MeetingForMe:
    actions.rename_meeting(actor=actor(request), meeting_id=meeting_id, title=payload.title)
    return queries.for_me(actor(request), meeting_id)


@router.post("/meetings/{uuid:meeting_id}/join", response=JoinOut, openapi_extra=policy("meeting.join"))
def join_meeting(request: HttpRequest, meeting_id: UUID, payload: JoinIn | None = None) -> JoinOut:
    """The right to open `/api/v1/meetings/{id}/signal` once, within a minute, in this session."""
    row = getattr(request.session, "row", None)
    if row is None:
        raise Unauthenticated
    person = actor(request)
    grant, token = actions.take_grant(
        actor=person, session_id=row.id, meeting_id=meeting_id, resume=payload.resume if payload else None
    )
    return JoinOut(
        token=token,
        mode=queries.mode(),
        participant_id=grant.participation_id,
        ice_servers=ice.servers_for(person.id),
        expires_in=actions.GRANT_SECONDS,
    )


@router.post("/meetings/{uuid:meeting_id}/leave", response={204: None}, openapi_extra=policy("meeting.see"))
def leave_meeting(request: HttpRequest, meeting_id: UUID) -> Status[None]:
    """Out of it on whichever device I am."""
    person = actor(request)
    queries.meeting_for(person, meeting_id)
    actions.leave_meeting(actor=person, meeting_id=meeting_id)
    return Status(204, None)


@router.post("/meetings/{uuid:meeting_id}/end", response=MeetingForMe, openapi_extra=policy("meeting.moderate"))
def end_meeting(request: HttpRequest, meeting_id: UUID) -> MeetingForMe:
    """End it for everybody."""
    actions.end_meeting(actor=actor(request), meeting_id=meeting_id)
    return queries.for_me(actor(request), meeting_id)


@router.post(
    "/meetings/{uuid:meeting_id}/participants/{uuid:participant_id}/mute",
    response={204: None},
    openapi_extra=policy("meeting.moderate"),
)
def mute_participant(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> Status[None]:
    """Switch somebody's microphone off."""
    actions.mute_participant(actor=actor(request), meeting_id=meeting_id, participant_id=participant_id)
    return Status(204, None)


@router.post(
    "/meetings/{uuid:meeting_id}/participants/{uuid:participant_id}/remove",
    response={204: None},
    openapi_extra=policy("meeting.moderate"),
)
def remove_participant(request: HttpRequest, meeting_id: UUID, participant_id: UUID) -> Status[None]:
    """Put somebody out of this meeting."""
    actions.remove_participant(actor=actor(request), meeting_id=meeting_id, participant_id=participant_id)
    return Status(204, None)
