"""JSON face of Mon bureau, Accueil and search."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from plano.desk import actions, queries
from plano.desk.schemas import DeskOut, HomeOut, ReferencesOut, SearchOut, ThingStates
from plano.documents import queries as documents
from plano.kernel.http import actor, policy

router = Router(tags=["desk"])


@router.get("/desk", response=DeskOut, openapi_extra=policy("own"))
def get_desk(request: HttpRequest) -> DeskOut:
    """What is mine across my workspaces."""
    return queries.desk_for(actor(request))


@router.get("/workspaces/{uuid:workspace_id}/home", response=HomeOut, openapi_extra=policy("workspace.read"))
def get_home(request: HttpRequest, workspace_id: UUID) -> HomeOut:
    """What goes on in a workspace."""
    return queries.home_for(actor(request), workspace_id)


@router.post("/workspaces/{uuid:workspace_id}/visit", response={204: None}, openapi_extra=policy("workspace.read"))
def mark_visit(request: HttpRequest, workspace_id: UUID) -> Status[None]:
    """From now on, new means newer than this."""
    actions.mark_visit(actor=actor(request), workspace_id=workspace_id)
    return Status(204, None)


@router.get("/search", response=SearchOut, openapi_extra=policy("signed_in"))
def search(
    request: HttpRequest,
    q: str,
    workspace_id: UUID | None = None,
    kinds: Annotated[list[str] | None, Query()] = None,
    family: documents.Family | None = None,
    author_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    tag: str | None = None,
    field: Annotated[list[str] | None, Query()] = None,
) -> SearchOut:
    """At most eight of each kind; `kinds` are the groups to look in. The last six narrow documents, and only these
    are answered then: family, who made or changed them, days of the last change, a tag, values of the workspace's
    own fields (`<id>:<value>`)."""
    values = documents.wanted_values(actor(request), workspace_id, field or [])
    narrowed = documents.Filters(family=family, author=author_id, since=since, until=until, tag=tag, fields=values)
    filters = narrowed if any((family, author_id, since, until, tag, values)) else None
    return queries.search_for(actor(request), q, workspace_id=workspace_id, groups=kinds, filters=filters)


@router.get("/references", response=ReferencesOut, openapi_extra=policy("signed_in"))
def get_references(
    request: HttpRequest, kind: Annotated[list[str], Query()], id: Annotated[list[UUID], Query()]
) -> ReferencesOut:
    """What links to things show, by their ids: `kind` once for all of them, or once for each in their order."""
    return queries.references_for(actor(request), kind, id)


@router.get("/references/states", response=ThingStates, openapi_extra=policy("signed_in"))
def get_reference_states(request: HttpRequest, kind: str, id: Annotated[list[UUID], Query()]) -> ThingStates:
    """How things stand that were made of others (a task of a message), by their ids."""
    return queries.states_for(actor(request), kind, id)
