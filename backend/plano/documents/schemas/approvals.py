"""Requests to approve a version or to confirm reading it, on the wire: the same for all who see the document."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from plano.documents.schemas.nodes import NodeOut
from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Out, Prose

MAX_ASKED = 50

PurposeName = Literal["approve", "read"]
ApprovalStateName = Literal["open", "approved", "refused", "complete", "cancelled"]
AskedStateName = Literal["waiting", "pending", "approved", "refused", "read", "lost"]
AnswerName = Literal["approved", "refused", "read"]
Which = Literal["open", "late", "done", "all"]
Words = Annotated[Prose, AfterValidator(str.strip), Field(max_length=1000)]


class GivenOut(Out):
    """One answer: what, when, and of which bytes."""

    answer: AnswerName
    comment: str
    at: Instant
    number: int
    sha256: str


class AskedOut(Out):
    """Where one person stands. `given` has all their answers, the latest first; the latest counts."""

    person: NodePerson
    state: AskedStateName
    given: list[GivenOut]


class ApprovalOut(Out):
    """One request about one version. Late is who compares `due` with their own day. `done` of `total` have answered;
    who lost the right to see the document counts in neither."""

    id: UUID
    node_id: UUID
    number: int
    sha256: str
    name: str
    purpose: PurposeName
    in_order: bool
    message: str
    due: date
    asked_by: NodePerson
    asked: list[AskedOut]
    done: int
    total: int
    state: ApprovalStateName
    created_at: Instant
    closed_at: Instant | None
    cancelled_by: NodePerson | None
    version: int


class ApprovalAbilities(Out):
    """What a person may do with a request."""

    change: bool
    export: bool


class ApprovalAbilityPair(Out):
    """For what I asked, and for what others asked."""

    own: ApprovalAbilities
    others: ApprovalAbilities


class NodeApprovals(Out):
    """The requests about a document, the newest first. `may_ask`: I may make one."""

    items: list[ApprovalOut]
    abilities: ApprovalAbilityPair
    may_ask: bool


class ApprovalPage(Out):
    """Requests of a workspace, with their documents as they are now and, by scope, what I may do."""

    items: list[ApprovalOut]
    next: str | None
    nodes: list[NodeOut]
    abilities: dict[str, ApprovalAbilityPair]


class ApprovalMark(Out):
    """What a row says of its document: its open request, else the latest that was not cancelled."""

    id: UUID
    node_id: UUID
    number: int
    purpose: PurposeName
    state: ApprovalStateName
    due: date
    done: int
    total: int
    version: int


class ApprovalMarks(Out):
    """By document, for one folder."""

    items: dict[str, ApprovalMark]


class ApprovalLine(Out):
    """A request that waits for me, with its document."""

    approval: ApprovalOut
    node: NodeOut


class ApprovalIn(In):
    """A new request about version `number`. `in_order`: one after the other, in the order of `people`."""

    id: UUID | None = None
    number: Annotated[int, Field(ge=1)]
    purpose: PurposeName
    people: Annotated[list[UUID], Field(min_length=1, max_length=MAX_ASKED)]
    due: date
    in_order: bool = False
    message: Words = ""


class ApprovalPatch(In):
    """Another day, other words; only what is given changes."""

    due: date | None = None
    message: Words | None = None


class ApprovalAnswerIn(In):
    """My answer. `sha256` names the bytes that I looked at."""

    answer: AnswerName
    comment: Words = ""
    sha256: Annotated[str, Field(max_length=64)]
