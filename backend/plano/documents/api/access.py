"""« Qui y a accès ? », and who is let in."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from plano.documents import actions, queries
from plano.documents.api.paths import NODE
from plano.documents.schemas import (
    AccessIn,
    DeletionIn,
    DeletionOut,
    EffectIn,
    EffectOut,
    GrantIn,
    NodeAccessOut,
)
from plano.kernel.http import actor, policy
from plano.workspaces.schemas import role_of

router = Router(tags=["documents"])


@router.get(NODE + "/access", response=NodeAccessOut, openapi_extra=policy("documents.read"))
def get_access(request: HttpRequest, node_id: UUID) -> NodeAccessOut:
    """« Qui y a accès ? »"""
    return queries.access_for(actor(request), node_id)


@router.put(NODE + "/access", response=NodeAccessOut, openapi_extra=policy("documents.manage"))
def set_access(request: HttpRequest, node_id: UUID, payload: AccessIn) -> NodeAccessOut:
    """Give a folder its own access: opened to named guests, or restricted to named people."""
    actions.set_access(actor=actor(request), node_id=node_id, open=payload.open)
    return queries.access_for(actor(request), node_id)


@router.delete(NODE + "/access", response=NodeAccessOut, openapi_extra=policy("documents.manage"))
def inherit_access(request: HttpRequest, node_id: UUID) -> NodeAccessOut:
    """Back to the access of the folder above."""
    actions.inherit_access(actor=actor(request), node_id=node_id)
    return queries.access_for(actor(request), node_id)


@router.put(NODE + "/access/{uuid:user_id}", response=NodeAccessOut, openapi_extra=policy("documents.manage"))
def grant_access(request: HttpRequest, node_id: UUID, user_id: UUID, payload: GrantIn) -> NodeAccessOut:
    """Let one person in."""
    actions.grant_access(actor=actor(request), node_id=node_id, user_id=user_id, role=role_of(payload.role))
    return queries.access_for(actor(request), node_id)


@router.delete(NODE + "/access/{uuid:user_id}", response={204: None}, openapi_extra=policy("documents.manage"))
def revoke_access(request: HttpRequest, node_id: UUID, user_id: UUID) -> Status[None]:
    """Take one person's own access away."""
    actions.revoke_access(actor=actor(request), node_id=node_id, user_id=user_id)
    return Status(204, None)


@router.post(NODE + "/effect", response=EffectOut, openapi_extra=policy("documents.write"))
def preview_effect(request: HttpRequest, node_id: UUID, payload: EffectIn) -> EffectOut:
    """Who would gain and who would lose access by a change, before it is made."""
    values = payload.model_dump(exclude={"change", "role"})
    role = None if payload.role is None else role_of(payload.role)
    return queries.effect_for(actor(request), node_id, payload.change, role=role, **values)


@router.post(
    "/workspaces/{uuid:workspace_id}/nodes/deletion", response=DeletionOut, openapi_extra=policy("documents.write")
)
def preview_deletion(request: HttpRequest, workspace_id: UUID, payload: DeletionIn) -> DeletionOut:
    """How much goes, who sees it today and how many share links stop, before it is deleted."""
    return queries.deletion_for(actor(request), workspace_id, payload.node_ids)
