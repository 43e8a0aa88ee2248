"""Fields of a workspace, their values, and lists narrowed by them."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from plano.documents import queries as nodes
from plano.documents.actions import fields as actions
from plano.documents.api.paths import NODE
from plano.documents.models import FieldKind
from plano.documents.queries import fields as queries
from plano.documents.queries import filtering
from plano.documents.schemas import NodeForMe
from plano.documents.schemas.fields import (
    FieldIn,
    FieldOrder,
    FieldOut,
    FieldPatch,
    FieldsOut,
    FieldsPatch,
    FieldUse,
    FilteredPage,
)
from plano.kernel.http import actor, creation_id, if_match, policy

router = Router(tags=["documents"])
FIELDS = "/workspaces/{uuid:workspace_id}/fields"
FIELD = FIELDS + "/{uuid:field_id}"


@router.get(FIELDS, response=FieldsOut, openapi_extra=policy("documents.read"))
def list_fields(request: HttpRequest, workspace_id: UUID) -> FieldsOut:
    """What documents can be described and narrowed by."""
    return queries.fields_for(actor(request), workspace_id)


@router.post(FIELDS, response={201: FieldOut}, openapi_extra=policy("documents.manage"))
def create_field(request: HttpRequest, workspace_id: UUID, payload: FieldIn) -> Status[FieldOut]:
    """Give the documents of a workspace one more field."""
    field = actions.create_field(
        actor=actor(request),
        workspace_id=workspace_id,
        id=creation_id(request, payload.id),
        kind=FieldKind(payload.kind),
        name=payload.name,
        options=[(one.id, one.name) for one in payload.options],
    )
    return Status(201, FieldOut.from_model(field))


@router.put(FIELDS + "/order", response=FieldsOut, openapi_extra=policy("documents.manage"))
def order_fields(request: HttpRequest, workspace_id: UUID, payload: FieldOrder) -> FieldsOut:
    """Put the fields in another order."""
    actions.order_fields(actor=actor(request), workspace_id=workspace_id, ids=payload.ids)
    return queries.fields_for(actor(request), workspace_id)


@router.patch(FIELD, response=FieldOut, openapi_extra=policy("documents.manage"))
def update_field(request: HttpRequest, workspace_id: UUID, field_id: UUID, payload: FieldPatch) -> FieldOut:
    """Rename a field, or change the options of a choice. With `If-Match` a lost race answers 412."""
    options = None if payload.options is None else [(one.id, one.name) for one in payload.options]
    field = actions.update_field(
        actor=actor(request),
        workspace_id=workspace_id,
        field_id=field_id,
        name=payload.name,
        options=options,
        expected=if_match(request),
    )
    return FieldOut.from_model(field)


@router.delete(FIELD, response={204: None}, openapi_extra=policy("documents.manage"))
def delete_field(request: HttpRequest, workspace_id: UUID, field_id: UUID) -> Status[None]:
    """Take a field away, with all its values."""
    actions.delete_field(actor=actor(request), workspace_id=workspace_id, field_id=field_id)
    return Status(204, None)


@router.get(FIELD + "/use", response=FieldUse, openapi_extra=policy("documents.manage"))
def get_use(request: HttpRequest, workspace_id: UUID, field_id: UUID) -> FieldUse:
    """On how many documents a field has a value."""
    return queries.use_for(actor(request), workspace_id, field_id)


@router.patch(NODE + "/fields", response=NodeForMe, openapi_extra=policy("documents.write"))
def fill_fields(request: HttpRequest, node_id: UUID, payload: FieldsPatch) -> NodeForMe:
    """Fill fields of a document or a folder; only what is given changes."""
    node = actions.fill_fields(actor=actor(request), node_id=node_id, values=payload.values)
    return nodes.node_for_me(actor(request), node)


@router.get(
    "/workspaces/{uuid:workspace_id}/nodes/filtered", response=FilteredPage, openapi_extra=policy("documents.read")
)
def filter_nodes(
    request: HttpRequest,
    workspace_id: UUID,
    under: UUID | None = None,
    family: nodes.Family | None = None,
    tag: str | None = None,
    field: Annotated[list[str] | None, Query()] = None,
    cursor: str | None = None,
    limit: int = filtering.PAGE,
) -> FilteredPage:
    """What is found in the whole tree below a folder. `field` is `<id>:<value>`, or `<id>:<from>..<to>` of a number
    or a day, of which one end may be left out; a text is found by a part of it."""
    filters = nodes.Filters(
        family=family, tag=tag, fields=nodes.wanted_values(actor(request), workspace_id, field or [])
    )
    return filtering.filtered_for(
        actor(request), workspace_id, under=under, filters=filters, cursor=cursor, limit=limit
    )
