"""Fields of a workspace, always for somebody."""

from uuid import UUID

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.documents import policies, statements
from plano.documents.models import CustomField, FieldKind
from plano.documents.schemas.fields import FieldOut, FieldsOut, FieldUse
from plano.kernel.errors import NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import Role

MAX_TAGS = 200

_PEOPLE = """
SELECT DISTINCT n.fields ->> f.id::text FROM documents_customfield f
JOIN documents_node n ON n.workspace_id = f.workspace_id AND n.fields ->> f.id::text IS NOT NULL
WHERE f.workspace_id = %(workspace)s AND f.kind = 'person' AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL
"""
_TAGS = """
SELECT min(tag) FROM documents_node n, unnest(n.tags) AS tag
WHERE n.workspace_id = %(workspace)s AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL
GROUP BY lower(tag) ORDER BY count(*) DESC, lower(tag) LIMIT %(limit)s
"""
_USE = """
SELECT count(*) FROM documents_node n
WHERE n.workspace_id = %(workspace)s AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL
  AND n.fields ->> %(field)s IS NOT NULL
"""


def fields_for(actor: User, workspace_id: UUID) -> FieldsOut:
    """The fields in their order, with the people and tags that the actor's documents name."""
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    where = {"workspace": workspace_id, "scopes": list(roles)}
    fields = fields_of(workspace_id)
    named = [row[0] for row in statements.many(_PEOPLE, **where)] if _has_people(fields) else []
    people = User.objects.filter(id__in=named).order_by("name", "id")
    return FieldsOut(
        items=[FieldOut.from_model(field) for field in fields],
        people=[PersonOut.from_model(person) for person in people],
        tags=sorted((row[0] for row in statements.many(_TAGS, limit=MAX_TAGS, **where)), key=str.casefold),
        may_manage=roles.get(workspace_id, Role.GUEST) >= Role.MANAGER,
    )


def _has_people(fields: list[CustomField]) -> bool:
    return any(field.kind == FieldKind.PERSON for field in fields)


def fields_of(workspace_id: UUID) -> list[CustomField]:
    """In the order that its managers gave them. Rights are asked by who calls."""
    return list(CustomField.objects.filter(workspace_id=workspace_id).order_by("position", "id"))


def field_in(workspace_id: UUID, field_id: UUID) -> CustomField:
    """One field of this workspace and no other."""
    field = CustomField.objects.filter(id=field_id, workspace_id=workspace_id).first()
    if field is None:
        raise NotFound
    return field


def use_for(actor: User, workspace_id: UUID, field_id: UUID) -> FieldUse:
    """How much would lose a value with the field."""
    policies.require_place(actor, workspace_id, None, Role.MANAGER)
    field = field_in(workspace_id, field_id)
    scopes = access.visible_scope_ids(actor, workspace_id)
    return FieldUse(count=statements.one(_USE, workspace=workspace_id, scopes=scopes, field=str(field.id))[0])
