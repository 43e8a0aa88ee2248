"""Favourites, what is recent, what I follow, and what happened in a place."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents.actions import follows, openings
from plano.documents.api.paths import NODE
from plano.documents.queries import activity, shelves
from plano.documents.schemas.follows import ActivityPage, NodeMarksOut, RecentKind, ShelfOut
from plano.kernel.http import actor, policy

router = Router(tags=["documents"])


@router.get("/documents/marks", response=NodeMarksOut, openapi_extra=policy("own"))
def list_marks(request: HttpRequest) -> NodeMarksOut:
    """Which folders and documents have my star, and which I follow."""
    return shelves.marks_for(actor(request))


@router.get("/documents/favourites", response=ShelfOut, openapi_extra=policy("own"))
def list_favourites(request: HttpRequest, workspace_id: UUID | None = None) -> ShelfOut:
    """My favourites, of one workspace or of all."""
    return shelves.favourites_for(actor(request), workspace_id)


@router.get("/documents/followed", response=ShelfOut, openapi_extra=policy("own"))
def list_followed(request: HttpRequest, workspace_id: UUID | None = None) -> ShelfOut:
    """What I am told of, of one workspace or of all."""
    return shelves.followed_for(actor(request), workspace_id)


@router.get("/documents/recent", response=ShelfOut, openapi_extra=policy("own"))
def list_recent(request: HttpRequest, what: RecentKind = "opened", workspace_id: UUID | None = None) -> ShelfOut:
    """The documents that I opened last, or that changed last, of one workspace or of all."""
    return shelves.recent_list(actor(request), what, workspace_id)


@router.delete("/documents/recent", response={204: None}, openapi_extra=policy("own"))
def forget_recent(request: HttpRequest) -> Status[None]:
    """Forget what I opened. Nobody else could see it."""
    openings.forget_mine(actor(request))
    return Status(204, None)


@router.put(NODE + "/favourite", response={204: None}, openapi_extra=policy("documents.read"))
def add_favourite(request: HttpRequest, node_id: UUID) -> Status[None]:
    """Give it my star."""
    follows.set_mark(actor=actor(request), node_id=node_id, favourite=True)
    return Status(204, None)


@router.delete(NODE + "/favourite", response={204: None}, openapi_extra=policy("own"))
def remove_favourite(request: HttpRequest, node_id: UUID) -> Status[None]:
    """Take my star off; the answer is the same when it had none."""
    follows.set_mark(actor=actor(request), node_id=node_id, favourite=False)
    return Status(204, None)


@router.put(NODE + "/follow", response={204: None}, openapi_extra=policy("documents.read"))
def follow(request: HttpRequest, node_id: UUID) -> Status[None]:
    """Be told of what others do to it, or inside it."""
    follows.set_mark(actor=actor(request), node_id=node_id, followed=True)
    return Status(204, None)


@router.delete(NODE + "/follow", response={204: None}, openapi_extra=policy("own"))
def unfollow(request: HttpRequest, node_id: UUID) -> Status[None]:
    """Be told no more; the answer is the same for what I did not follow."""
    follows.set_mark(actor=actor(request), node_id=node_id, followed=False)
    return Status(204, None)


@router.get(NODE + "/activity", response=ActivityPage, openapi_extra=policy("documents.read"))
def list_activity(request: HttpRequest, node_id: UUID, cursor: str | None = None) -> ActivityPage:
    """Who did what when: of a document, or of a folder with all that I see in it. The latest first."""
    return activity.activity_for(actor(request), node_id, cursor=cursor)


@router.get("/workspaces/{uuid:workspace_id}/activity", response=ActivityPage, openapi_extra=policy("documents.read"))
def list_library_activity(request: HttpRequest, workspace_id: UUID, cursor: str | None = None) -> ActivityPage:
    """The same of the whole library, as far as I see it."""
    return activity.activity_of_library(actor(request), workspace_id, cursor=cursor)
