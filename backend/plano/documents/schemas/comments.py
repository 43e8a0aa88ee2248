"""What people say beside a document, on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from plano.accounts.schemas import PersonOut
from plano.documents.models import Comment
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Line, Out
from plano.kernel.text import clean_text

MAX_TEXT = 10_000
MAX_MENTIONS = 50

Text = Annotated[str, AfterValidator(clean_text), Field(max_length=MAX_TEXT)]
Mentions = Annotated[list[UUID], Field(max_length=MAX_MENTIONS)]
CommentState = Literal["open", "resolved", "all"]


class CommentMention(Out):
    """Somebody named in the text as « @name »."""

    id: UUID
    name: str


class CommentIn(In):
    """A remark, or with `thread_id` an answer to one.

    `number`: the version that its author was looking at, the present one when absent. `page` and `quote`: what of the
    content it is about. `mentions`: the people named as « @name »; they must see the document.
    """

    id: UUID | None = None
    text: Text
    mentions: Mentions = []
    thread_id: UUID | None = None
    number: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] | None = None
    quote: Annotated[Line, Field(max_length=200)] = ""


class CommentPatch(In):
    """Other words; without `mentions` those stay who are still named."""

    text: Text
    mentions: Mentions | None = None


class CommentOut(Out):
    """One remark or answer, the same for all who see the node. Deleted: a trace without words."""

    id: UUID
    node_id: UUID
    thread_id: UUID | None
    author: NodePerson
    number: int | None
    page: int | None
    quote: str
    text: str
    mentions: list[CommentMention]
    created_at: Instant
    edited_at: Instant | None
    resolved_at: Instant | None
    resolved_by: NodePerson | None
    deleted_at: Instant | None
    version: int

    @classmethod
    def of(cls, comment: Comment, author: NodePerson, resolved_by: PersonOut | None) -> "CommentOut":
        plain = [name for name in cls.model_fields if name not in ("author", "resolved_by", "mentions")]
        named = [CommentMention(id=UUID(one["id"]), name=one["name"]) for one in comment.mentions]
        return cls.model_validate(
            {name: getattr(comment, name) for name in plain}
            | {"author": author, "resolved_by": resolved_by, "mentions": named}
        )


class CommentRights(Out):
    edit: bool
    delete: bool


class CommentAbilities(Out):
    """What a person may do with the comments of a node; `own` and `others` are by author."""

    write: bool
    resolve: bool
    own: CommentRights
    others: CommentRights


class CommentPage(Out):
    """Remarks, the newest first, each followed by its answers, the oldest first; a page may end between them.

    `open` and `resolved` count remarks, answers not.
    """

    items: list[CommentOut]
    next: str | None
    open: int
    resolved: int
    abilities: CommentAbilities
