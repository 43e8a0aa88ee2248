"""Fields that a workspace gives to its documents, on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictFloat, StrictInt, StrictStr

from plano.accounts.schemas import PersonOut
from plano.documents.models import CustomField
from plano.documents.schemas.nodes import AbilityPair, NodeOut, PathItem
from plano.kernel.schemas import In, Line, Out

MAX_FIELDS = 20
MAX_OPTIONS = 50
MAX_TEXT = 500
LARGEST = 1e15

FieldKindName = Literal["text", "number", "date", "choice", "person"]
FieldName = Annotated[Line, Field(min_length=1, max_length=60)]


class OptionOut(Out):
    """One answer of a choice."""

    id: UUID
    name: str


class OptionIn(In):
    """An option that is there by its id, or a new one."""

    id: UUID | None = None
    name: FieldName


Options = Annotated[list[OptionIn], Field(max_length=MAX_OPTIONS)]


class FieldOut(Out):
    """A field. A value is a text, a number, a day (`2027-01-31`), the id of an option or of a person, by its kind."""

    id: UUID
    workspace_id: UUID
    kind: FieldKindName
    name: str
    options: list[OptionOut]
    position: int
    version: int

    @classmethod
    def from_model(cls, row: CustomField) -> "FieldOut":
        return cls.model_validate(
            {name: getattr(row, name) for name in cls.model_fields if name != "options"}
            | {"options": [OptionOut.model_validate(one) for one in row.options]}
        )


class FieldIn(In):
    """A new field, after the others. A choice has 1 to 50 options, the others have none."""

    id: UUID | None = None
    kind: FieldKindName
    name: FieldName
    options: Options = []


class FieldPatch(In):
    """Another name; other options, in this order. Values of options that are left out vanish."""

    name: FieldName | None = None
    options: Options | None = None


class FieldOrder(In):
    """All fields of the workspace, in the order wanted."""

    ids: Annotated[list[UUID], Field(max_length=MAX_FIELDS)]


class FieldsOut(Out):
    """What documents of a workspace can be described and narrowed by, for one person.

    `people` are those whom person fields name, and `tags` those in use, in what the reader sees.
    """

    items: list[FieldOut]
    people: list[PersonOut]
    tags: list[str]
    may_manage: bool


class FieldUse(Out):
    """On how many documents and folders, of those that the asker sees, a field has a value."""

    count: int


Value = StrictStr | StrictInt | StrictFloat | None


class FieldsPatch(In):
    """Values by field; null takes one away. What is not given stays."""

    values: Annotated[dict[UUID, Value], Field(max_length=MAX_FIELDS)]


class FilteredPage(Out):
    """What a filter finds below a folder, folders first, by name. `places`: the way to each, as the reader sees it."""

    items: list[NodeOut]
    next: str | None
    count: int
    places: dict[str, list[PathItem]]
    abilities: dict[str, AbilityPair]


def clean_number(value: int | float) -> int | float:
    """A number as fields keep it: a whole one has no point. ValueError when it is too large, or none (NaN)."""
    if not abs(value) <= LARGEST:
        raise ValueError
    return int(value) if float(value).is_integer() else value
