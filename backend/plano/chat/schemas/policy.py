"""What the managers of a workspace decided about its conversations."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.chat.models import ChatPolicy, Edits, Pinners
from plano.kernel.schemas import In, Out

EditsName = Literal["always", "minutes", "never"]
PinnersName = Literal["members", "managers"]
LONGEST_EDIT = 60 * 24 * 30
"""Minutes: a month. Beyond it, « always » says it better."""


class ChatPolicyOut(Out):
    """The rules of a workspace's conversations, the same for everybody."""

    workspace_id: UUID
    edits: EditsName
    edit_minutes: int
    traces: bool
    revisions: bool
    pins: PinnersName
    exports: bool
    webhooks: bool
    urgent: bool
    version: int

    @classmethod
    def from_model(cls, rules: ChatPolicy) -> "ChatPolicyOut":
        edits: dict[str, EditsName] = {Edits.ALWAYS: "always", Edits.MINUTES: "minutes", Edits.NEVER: "never"}
        pins: dict[str, PinnersName] = {Pinners.MEMBERS: "members", Pinners.MANAGERS: "managers"}
        return cls(
            workspace_id=rules.workspace_id,
            edits=edits[rules.edits],
            edit_minutes=rules.edit_minutes,
            traces=rules.traces,
            revisions=rules.revisions,
            pins=pins[rules.pins],
            exports=rules.exports,
            webhooks=rules.webhooks,
            urgent=rules.urgent,
            version=rules.version,
        )


class ChatPolicyPatch(In):
    """Change the rules that are given."""

    edits: EditsName | None = None
    edit_minutes: Annotated[int, Field(ge=1, le=LONGEST_EDIT)] | None = None
    traces: bool | None = None
    revisions: bool | None = None
    pins: PinnersName | None = None
    exports: bool | None = None
    webhooks: bool | None = None
    urgent: bool | None = None
