"""Comments of a document or a folder."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from plano.documents.actions import comments as actions
from plano.documents.api.paths import NODE
from plano.documents.queries import comments as queries
from plano.documents.schemas.comments import CommentIn, CommentOut, CommentPage, CommentPatch, CommentState
from plano.kernel.http import actor, creation_id, etag, if_match, policy

router = Router(tags=["documents"])
COMMENTS = NODE + "/comments"
COMMENT = COMMENTS + "/{uuid:comment_id}"


@router.get(COMMENTS, response=CommentPage, openapi_extra=policy("documents.read"))
def list_comments(
    request: HttpRequest,
    node_id: UUID,
    state: CommentState = "open",
    cursor: str | None = None,
    limit: int = queries.PAGE,
) -> CommentPage:
    """Remarks with their answers, the newest remark first."""
    return queries.comments_for(actor(request), node_id, state=state, cursor=cursor, limit=limit)


@router.post(COMMENTS, response={201: CommentOut}, openapi_extra=policy("documents.write"))
def add_comment(request: HttpRequest, node_id: UUID, payload: CommentIn) -> Status[CommentOut]:
    """Say something of a document, or answer."""
    values = payload.model_dump(exclude={"id"})
    id = creation_id(request, payload.id)
    comment = actions.add_comment(actor=actor(request), node_id=node_id, id=id, **values)
    return Status(201, queries.comment_out(comment))


@router.patch(COMMENT, response=CommentOut, openapi_extra=policy("documents.write"))
def edit_comment(
    request: HttpRequest, node_id: UUID, comment_id: UUID, payload: CommentPatch, response: HttpResponse
) -> CommentOut:
    """Change one's own words. With `If-Match` a lost race answers 412 with the present ones."""
    comment = actions.edit_comment(
        actor=actor(request),
        node_id=node_id,
        comment_id=comment_id,
        text=payload.text,
        mentions=payload.mentions,
        version=if_match(request),
    )
    response["ETag"] = etag(comment.version)
    return queries.comment_out(comment)


@router.delete(COMMENT, response={204: None}, openapi_extra=policy("documents.write"))
def delete_comment(request: HttpRequest, node_id: UUID, comment_id: UUID) -> Status[None]:
    """Take one's own words back; a manager takes anybody's."""
    actions.delete_comment(actor=actor(request), node_id=node_id, comment_id=comment_id)
    return Status(204, None)


@router.put(COMMENT + "/resolution", response=CommentOut, openapi_extra=policy("documents.write"))
def resolve_comment(request: HttpRequest, node_id: UUID, comment_id: UUID) -> CommentOut:
    """It is dealt with."""
    comment = actions.settle_comment(actor=actor(request), node_id=node_id, comment_id=comment_id, resolved=True)
    return queries.comment_out(comment)


@router.delete(COMMENT + "/resolution", response=CommentOut, openapi_extra=policy("documents.write"))
def reopen_comment(request: HttpRequest, node_id: UUID, comment_id: UUID) -> CommentOut:
    """It is not dealt with after all."""
    comment = actions.settle_comment(actor=actor(request), node_id=node_id, comment_id=comment_id, resolved=False)
    return queries.comment_out(comment)
