"""The register of decisions."""

from datetime import date
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import Field

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.chat.models import Decision, DecisionRevision
from plano.kernel.schemas import In, Instant, Out, Prose, ThingIn, ThingOut

StandingName = Literal["adopted", "replaced", "cancelled"]
MAX_DECISION = 5_000
Words = Annotated[Prose, Field(min_length=1, max_length=MAX_DECISION)]
Deciders = Annotated[list[UUID], Field(max_length=50)]


class NewDecisionIn(In):
    """A decision of this channel. `decided_by`: readers of the channel. `origin`: the message that it came out of."""

    id: UUID | None = None
    text: Words
    decided_on: date
    decided_by: Deciders = []
    origin: ThingIn | None = None


class DecisionPatch(In):
    """The fields that change. Replaced needs the decision of the same channel that does."""

    text: Words | None = None
    decided_on: date | None = None
    decided_by: Deciders | None = None
    status: StandingName | None = None
    replaced_by: UUID | None = None


class DecisionRef(Out):
    id: UUID
    number: int


class DecisionOut(Out):
    """A decision, the same for all who read its channel. `number` counts within the channel."""

    id: UUID
    workspace_id: UUID
    channel_id: UUID
    number: int
    text: str
    decided_on: date
    decided_by: list[PersonOut]
    noted_by: PersonOut
    status: StandingName
    replaced_by: DecisionRef | None
    origin: ThingOut | None
    created_at: Instant
    updated_at: Instant
    version: int

    @classmethod
    def from_model(cls, decision: Decision, people: dict[UUID, User]) -> "DecisionOut":
        new = decision.replaced_by
        return cls(
            id=decision.id,
            workspace_id=decision.channel.workspace_id,
            channel_id=decision.channel_id,
            number=decision.number,
            text=decision.text,
            decided_on=decision.decided_on,
            decided_by=[PersonOut.from_model(people[id]) for id in decision.decided_by if id in people],
            noted_by=PersonOut.from_model(decision.noted_by),
            status=standing_name(decision.status),
            replaced_by=None if new is None else DecisionRef(id=new.id, number=new.number),
            origin=ThingOut.of(decision.origin),
            created_at=decision.created_at,
            updated_at=decision.updated_at,
            version=decision.version,
        )


class DecisionTouched(Out):
    """A decision changed that not everybody here may read: those who hold it ask for it again."""

    id: UUID
    workspace_id: UUID
    channel_id: UUID
    version: int


class DecisionAbilities(Out):
    """What this person may do with the decisions of a channel; `own` are those they noted."""

    note: bool
    own: bool
    others: bool


class DecisionPlace(Out):
    """A channel that decisions were noted in, as this person calls it."""

    id: UUID
    name: str
    conversation: bool


class DecisionsOut(Out):
    """A page of the register, the latest decided first."""

    items: list[DecisionOut]
    next: str | None
    places: list[DecisionPlace]
    abilities: dict[str, DecisionAbilities]


class DecisionChangeOut(Out):
    """What a decision said before a change: who changed it and when, and the fields that were different."""

    version: int
    changed_by: PersonOut
    changed_at: Instant
    before: dict[str, Any]

    @classmethod
    def from_model(cls, revision: DecisionRevision) -> "DecisionChangeOut":
        return cls(
            version=revision.version,
            changed_by=PersonOut.from_model(revision.changed_by),
            changed_at=revision.created_at,
            before=revision.before,
        )


def standing_name(status: str) -> StandingName:
    """The word of a standing on the wire."""
    for name in get_args(StandingName):
        if name == status:
            found: StandingName = name
            return found
    raise ValueError(status)
