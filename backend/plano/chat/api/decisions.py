"""The register of decisions, and what it becomes when it is taken away."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from plano.chat import actions, queries
from plano.chat.models import Decision
from plano.chat.schemas.decisions import (
    DecisionChangeOut,
    DecisionOut,
    DecisionPatch,
    DecisionsOut,
    NewDecisionIn,
    StandingName,
)
from plano.documents.faces.disposition import disposition
from plano.kernel.http import actor, creation_id, etag, if_match, policy
from plano.kernel.schemas import In, Page

router = Router(tags=["chat"])
TYPES = {"csv": "text/csv; charset=utf-8", "odt": "application/vnd.oasis.opendocument.text"}


class DecisionsWanted(In):
    """What of the register: words after French stems, one conversation, one person, days, how it stands."""

    q: str = ""
    channel_id: UUID | None = None
    person_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    status: StandingName | None = None

    def filter(self) -> queries.DecisionFilter:
        return queries.DecisionFilter(
            words=self.q,
            channel_id=self.channel_id,
            person_id=self.person_id,
            since=self.since,
            until=self.until,
            status=self.status,
        )


Wanted = Annotated[DecisionsWanted, Query()]


def _tagged(response: HttpResponse, decision: Decision) -> DecisionOut:
    response["ETag"] = etag(decision.version)
    return queries.decision_out(decision)


@router.get("/workspaces/{uuid:workspace_id}/decisions", response=DecisionsOut, openapi_extra=policy("workspace.see"))
def list_decisions(
    request: HttpRequest, workspace_id: UUID, wanted: Wanted, cursor: str | None = None, limit: int = 50
) -> DecisionsOut:
    """What was decided in the conversations that I read, the latest first."""
    return queries.decisions_for(actor(request), workspace_id, wanted.filter(), cursor=cursor, limit=limit)


@router.get("/workspaces/{uuid:workspace_id}/decisions/export", openapi_extra=policy("workspace.see"))
def export_decisions(
    request: HttpRequest, workspace_id: UUID, wanted: Wanted, form: Literal["csv", "odt"] = "csv"
) -> HttpResponse:
    """The same as a table for spreadsheets or as a document. The journal says who took it."""
    name, content = actions.export_decisions(
        actor=actor(request), workspace_id=workspace_id, wanted=wanted.filter(), form=form
    )
    headers = {"Content-Disposition": disposition(name, inline=False)}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)


@router.post("/channels/{uuid:channel_id}/decisions", response={201: DecisionOut}, openapi_extra=policy("chat.post"))
def note_decision(
    request: HttpRequest, response: HttpResponse, channel_id: UUID, payload: NewDecisionIn
) -> Status[DecisionOut]:
    """Note what was decided here. With the same id or `Idempotency-Key` again: the same decision."""
    decision = actions.note_decision(
        actor=actor(request),
        channel_id=channel_id,
        id=creation_id(request, payload.id),
        text=payload.text,
        decided_on=payload.decided_on,
        decided_by=payload.decided_by,
        origin=payload.origin.pair if payload.origin else None,
    )
    return Status(201, _tagged(response, decision))


@router.get("/decisions/{uuid:decision_id}", response=DecisionOut, openapi_extra=policy("chat.read"))
def get_decision(request: HttpRequest, response: HttpResponse, decision_id: UUID) -> DecisionOut:
    return _tagged(response, queries.decision_for(actor(request), decision_id))


@router.patch("/decisions/{uuid:decision_id}", response=DecisionOut, openapi_extra=policy("chat.edit_own"))
def change_decision(
    request: HttpRequest, response: HttpResponse, decision_id: UUID, payload: DecisionPatch
) -> DecisionOut:
    """Correct, replace, cancel. With `If-Match`, 412 when somebody else changed it first."""
    decision = actions.change_decision(
        actor=actor(request),
        decision_id=decision_id,
        changes=payload.model_dump(exclude_unset=True),
        expected=if_match(request),
    )
    return _tagged(response, decision)


@router.get(
    "/decisions/{uuid:decision_id}/changes", response=Page[DecisionChangeOut], openapi_extra=policy("chat.read")
)
def list_decision_changes(request: HttpRequest, decision_id: UUID) -> Page[DecisionChangeOut]:
    """What it said before, who changed it and when."""
    return Page(items=queries.decision_changes_for(actor(request), decision_id))
