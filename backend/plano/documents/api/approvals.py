"""Requests to approve a version or to confirm reading it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.documents import proofs
from plano.documents.actions import approvals as actions
from plano.documents.api.paths import NODE
from plano.documents.faces.disposition import disposition
from plano.documents.models import AskedState, Purpose
from plano.documents.queries import approvals as queries
from plano.documents.schemas.approvals import (
    ApprovalAnswerIn,
    ApprovalIn,
    ApprovalLine,
    ApprovalMarks,
    ApprovalOut,
    ApprovalPage,
    ApprovalPatch,
    NodeApprovals,
    Which,
)
from plano.kernel.clock import now
from plano.kernel.http import actor, creation_id, etag, if_match, policy
from plano.kernel.schemas import Page

router = Router(tags=["documents"])
ONE = "/approvals/{uuid:approval_id}"
WORKSPACE = "/workspaces/{uuid:workspace_id}/approvals"


@router.get(NODE + "/approvals", response=NodeApprovals, openapi_extra=policy("documents.read"))
def list_node_approvals(request: HttpRequest, node_id: UUID) -> NodeApprovals:
    """What was asked and answered about the versions of a document, the newest first."""
    return queries.approvals_of_node(actor(request), node_id)


@router.post(NODE + "/approvals", response={201: ApprovalOut}, openapi_extra=policy("documents.write"))
def ask_approval(request: HttpRequest, node_id: UUID, payload: ApprovalIn) -> Status[ApprovalOut]:
    """Ask people who see a document to approve one of its versions, or to confirm that they have read it."""
    approval = actions.ask(
        actor=actor(request),
        node_id=node_id,
        id=creation_id(request, payload.id),
        purpose=Purpose(payload.purpose),
        **payload.model_dump(exclude={"id", "purpose"}),
    )
    return Status(201, queries.approval_out(approval))


@router.get("/approvals", response=Page[ApprovalLine], openapi_extra=policy("signed_in"))
def list_waiting_approvals(request: HttpRequest) -> Page[ApprovalLine]:
    """What waits for my answer, the most urgent first."""
    return Page(items=queries.waiting_for(actor(request)))


@router.get(WORKSPACE, response=ApprovalPage, openapi_extra=policy("documents.read"))
def list_workspace_approvals(
    request: HttpRequest, workspace_id: UUID, which: Which = "all", cursor: str | None = None
) -> ApprovalPage:
    """The requests about the documents that I see in a workspace."""
    return queries.approvals_of_workspace(actor(request), workspace_id, which=which, cursor=cursor)


@router.get(WORKSPACE + "/marks", response=ApprovalMarks, openapi_extra=policy("documents.read"))
def list_approval_marks(request: HttpRequest, workspace_id: UUID, parent_id: UUID | None = None) -> ApprovalMarks:
    """What the rows of a folder say: by document its open request, or else the latest."""
    return queries.marks_for(actor(request), workspace_id, parent_id)


@router.get(ONE, response=ApprovalOut, openapi_extra=policy("documents.read"))
def get_approval(request: HttpRequest, approval_id: UUID, response: HttpResponse) -> ApprovalOut:
    """One request, with all answers."""
    return _tagged(response, queries.approval_out(queries.approval_for(actor(request), approval_id)))


@router.patch(ONE, response=ApprovalOut, openapi_extra=policy("approval.manage"))
def change_approval(
    request: HttpRequest, approval_id: UUID, payload: ApprovalPatch, response: HttpResponse
) -> ApprovalOut:
    """Another day, other words. With `If-Match` a lost race answers 412 with the present state."""
    approval = actions.change(
        actor=actor(request), approval_id=approval_id, expected=if_match(request), **payload.model_dump()
    )
    return _tagged(response, queries.approval_out(approval))


@router.post(ONE + "/cancel", response=ApprovalOut, openapi_extra=policy("approval.manage"))
def cancel_approval(request: HttpRequest, approval_id: UUID, response: HttpResponse) -> ApprovalOut:
    """No more of it. The answers already given stay, and so does who cancelled it."""
    approval = actions.cancel(actor=actor(request), approval_id=approval_id, expected=if_match(request))
    return _tagged(response, queries.approval_out(approval))


@router.post(ONE + "/opened", response={204: None}, openapi_extra=policy("documents.read"))
def open_asked_version(request: HttpRequest, approval_id: UUID) -> Status[None]:
    """I opened the version that this is about; before, reading it cannot be confirmed."""
    actions.note_opened(actor=actor(request), approval_id=approval_id)
    return Status(204, None)


@router.put(ONE + "/answer", response=ApprovalOut, openapi_extra=policy("approval.asked"))
def answer_approval(
    request: HttpRequest, approval_id: UUID, payload: ApprovalAnswerIn, response: HttpResponse
) -> ApprovalOut:
    """My answer; another one of mine replaces it until the request is closed."""
    approval = actions.answer(
        actor=actor(request),
        approval_id=approval_id,
        answer=AskedState(payload.answer),
        comment=payload.comment,
        sha256=payload.sha256,
    )
    return _tagged(response, queries.approval_out(approval))


@router.get(ONE + "/export", openapi_extra=policy("approval.manage"))
def export_approval(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """The answers as a table for spreadsheets (UTF-8, semicolons). The journal says who took it."""
    me = actor(request)
    approval = queries.managed_for(me, approval_id, changing=False)
    actions.note_export(actor=me, approval=approval, form="csv")
    text = proofs.table([queries.approval_out(approval)], language=me.language, zone=me.time_zone)
    name = f"{approval.name} - v{approval.number}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition(name, inline=False)},
    )


@router.get(ONE + "/attestation", openapi_extra=policy("approval.manage"))
def prove_approval(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """The proof as one page to print. The journal says who took it."""
    me = actor(request)
    approval = queries.managed_for(me, approval_id, changing=False)
    actions.note_export(actor=me, approval=approval, form="page")
    text = proofs.page(queries.approval_out(approval), by=me.name, at=now(), language=me.language, zone=me.time_zone)
    return HttpResponse(
        text, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": proofs.POLICY}
    )


def _tagged(response: HttpResponse, approval: ApprovalOut) -> ApprovalOut:
    response["ETag"] = etag(approval.version)
    return approval
