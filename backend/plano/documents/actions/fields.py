"""Fields of a workspace: its managers make them, its members fill them, on documents and folders alike (C13).

Filling shares the tree's lock, changing the fields has it alone: no value outlives its field or option.
"""

from datetime import date
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions.locks import require_unlocked
from plano.documents.actions.tree import lock_tree, locked
from plano.documents.live import FIELD, NODE
from plano.documents.models import CustomField, FieldKind, Node
from plano.documents.queries import fields as reads
from plano.documents.schemas.fields import MAX_FIELDS, MAX_TEXT, FieldOut, clean_number
from plano.documents.schemas.nodes import FieldValue
from plano.kernel.errors import Conflict, Invalid, PreconditionFailed
from plano.kernel.ids import uuid7
from plano.kernel.schemas import Removed
from plano.kernel.text import clean_line, folded
from plano.platform import audit, database
from plano.platform.live import unit_of_work
from plano.workspaces.models import Membership, Role

OptionNames = list[tuple[UUID | None, str]]

_STRIP = """
UPDATE documents_node SET fields = fields - %(field)s
WHERE workspace_id = %(workspace)s AND fields ->> %(field)s IS NOT NULL
"""
_STRIP_OPTIONS = _STRIP + " AND fields ->> %(field)s = ANY(%(options)s)"


def create_field(
    *, actor: User, workspace_id: UUID, id: UUID, kind: FieldKind, name: str, options: OptionNames | None = None
) -> CustomField:
    """A field after the others. Sent again with the same id: the same."""
    policies.require_place(actor, workspace_id, None, Role.MANAGER)
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        existing = CustomField.objects.filter(id=id).first()
        if existing is not None:
            if (existing.workspace_id, existing.kind) != (workspace_id, kind):
                raise Conflict("identifier_in_use")
            return existing
        held = reads.fields_of(workspace_id)
        if len(held) >= MAX_FIELDS:
            raise Conflict("too_many_fields")
        field = CustomField(
            id=id,
            workspace_id=workspace_id,
            kind=kind,
            name=name,
            folded=_key(held, name),
            options=_options(kind, options or []),
            position=max((one.position for one in held), default=-1) + 1,
        )
        field.save(force_insert=True)
        emit.changed(FIELD, scope=workspace_id, data=FieldOut.from_model(field))
        _journal(actor, "document.field_created", field)
    return field


def update_field(
    *,
    actor: User,
    workspace_id: UUID,
    field_id: UUID,
    name: str | None = None,
    options: OptionNames | None = None,
    expected: int | None = None,
) -> CustomField:
    """Another name, other options. Values of options that are gone vanish with them."""
    policies.require_place(actor, workspace_id, None, Role.MANAGER)
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        field = reads.field_in(workspace_id, field_id)
        if expected is not None and expected != field.version:
            raise PreconditionFailed(errors={"current": FieldOut.from_model(field).model_dump(mode="json")})
        before = (field.name, field.options)
        if name is not None:
            field.name, field.folded = name, _key(reads.fields_of(workspace_id), name, but=field.id)
        if options is not None:
            was = {one["id"] for one in field.options}
            field.options = _options(field.kind, options)
            gone = sorted(was - {one["id"] for one in field.options})
            if gone:
                database.rows(
                    _STRIP_OPTIONS + " RETURNING 1",
                    {"workspace": workspace_id, "field": str(field.id), "options": gone},
                )
        if before == (field.name, field.options):
            return field
        field.touch()
        field.save()
        emit.changed(FIELD, scope=workspace_id, data=FieldOut.from_model(field))
        _journal(actor, "document.field_changed", field)
    return field


def order_fields(*, actor: User, workspace_id: UUID, ids: list[UUID]) -> None:
    """All fields, in the order wanted; one that was made or removed meanwhile refuses the whole."""
    policies.require_place(actor, workspace_id, None, Role.MANAGER)
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        held = {field.id: field for field in reads.fields_of(workspace_id)}
        if set(held) != set(ids) or len(ids) != len(held):
            raise Conflict("fields_changed")
        for position, id in enumerate(ids):
            field = held[id]
            if field.position != position:
                field.position = position
                field.touch()
                field.save()
                emit.changed(FIELD, scope=workspace_id, data=FieldOut.from_model(field))


def delete_field(*, actor: User, workspace_id: UUID, field_id: UUID) -> None:
    """With all its values, those in the bin too. Screens drop them when they hear of it."""
    policies.require_place(actor, workspace_id, None, Role.MANAGER)
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        field = reads.field_in(workspace_id, field_id)
        rows = database.rows(_STRIP + " RETURNING 1", {"workspace": workspace_id, "field": str(field.id)})
        _journal(actor, "document.field_deleted", field, values=len(rows))
        CustomField.objects.filter(id=field.id).delete()
        emit.removed(FIELD, scope=workspace_id, data=Removed(id=field_id, parent_id=workspace_id))


def fill_fields(*, actor: User, node_id: UUID, values: dict[UUID, FieldValue | None]) -> Node:
    """Set the values that are given; None takes one away. Two people who fill two fields both win."""
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=False)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        known = {field.id: field for field in reads.fields_of(node.workspace_id)}
        filled, errors = dict(node.fields), dict[str, str]()
        for id, value in values.items():
            field = known.get(id)
            if field is None:
                errors[str(id)] = "field_gone"
                continue
            try:
                clean = None if value is None else cleaned(field, value)
            except ValueError:
                errors[str(id)] = "value_refused"
                continue
            filled.pop(str(id), None)
            if clean is not None:
                filled[str(id)] = clean
        if errors:
            raise Invalid("value_refused", errors=errors)
        if filled == node.fields:
            return node
        node.fields = filled
        node.touch()
        node.save(update_fields=["fields", "version", "updated_at"])
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node


def carry_values(ids: list[UUID], target: UUID) -> None:
    """Nodes that are about to come to another workspace: values go over to its fields of the same name and kind.

    A choice goes by the name of its option. What has no counterpart is dropped.
    """
    nodes = list(Node.objects.filter(id__in=ids).exclude(fields={}).exclude(workspace_id=target))
    if not nodes:
        return
    there = {(field.folded, field.kind): field for field in reads.fields_of(target)}
    here = {str(f.id): f for f in CustomField.objects.filter(workspace_id__in={n.workspace_id for n in nodes})}
    for node in nodes:
        carried: dict[str, FieldValue] = {}
        for id, value in node.fields.items():
            old = here.get(id)
            new = there.get((old.folded, old.kind)) if old else None
            if old is None or new is None:
                continue
            try:
                carried[str(new.id)] = cleaned(new, _same_option(old, new, value))
            except ValueError:
                continue
        node.fields = carried
    Node.objects.bulk_update(nodes, ["fields"], batch_size=500)


def cleaned(field: CustomField, value: FieldValue) -> FieldValue:
    """The value as it is kept; ValueError when the field cannot hold it. An empty text is refused: null clears."""
    if field.kind == FieldKind.NUMBER:
        if isinstance(value, str):
            raise ValueError
        return clean_number(value)
    if not isinstance(value, str):
        raise ValueError
    if field.kind == FieldKind.TEXT:
        line = clean_line(value)
        if not line or len(line) > MAX_TEXT:
            raise ValueError
        return line
    if field.kind == FieldKind.DATE:
        if len(value) != len("2027-01-31"):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    id = str(UUID(value))
    if field.kind == FieldKind.CHOICE:
        if id not in {one["id"] for one in field.options}:
            raise ValueError
    elif not Membership.objects.filter(workspace_id=field.workspace_id, user_id=id, user__is_active=True).exists():
        raise ValueError
    return id


def _same_option(old: CustomField, new: CustomField, value: FieldValue) -> FieldValue:
    if old.kind != FieldKind.CHOICE:
        return value
    name = next((folded(one["name"]) for one in old.options if one["id"] == value), None)
    return next((one["id"] for one in new.options if folded(one["name"]) == name), "")


def _key(held: list[CustomField], name: str, *, but: UUID | None = None) -> str:
    key = folded(name)
    if any(field.folded == key and field.id != but for field in held):
        raise Conflict("field_name_taken", errors={"name": "field_name_taken"})
    return key


def _options(kind: str, options: OptionNames) -> list[dict[str, str]]:
    if (kind == FieldKind.CHOICE) != bool(options):
        code = "options_missing" if kind == FieldKind.CHOICE else "only_choices_have_options"
        raise Invalid(code, errors={"options": code})
    made = [{"id": str(id or uuid7()), "name": name} for id, name in options]
    for part in ({one["id"] for one in made}, {folded(one["name"]) for one in made}):
        if len(part) != len(made):
            raise Invalid("option_twice", errors={"options": "option_twice"})
    return made


def _journal(actor: User, action: str, field: CustomField, **details: int) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_kind="field",
        object_id=field.id,
        workspace_id=field.workspace_id,
        details=details,
    )
