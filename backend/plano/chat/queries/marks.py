"""My place in each channel, and what I have begun."""

from uuid import UUID

from plano.accounts.models import User
from plano.chat import statements
from plano.chat.models import ChannelKind, Draft
from plano.chat.schemas import (
    DraftOut,
    MarkOut,
)
from plano.platform import database
from plano.workspaces import policies as access

LISTED = [ChannelKind.CHANNEL.value, ChannelKind.CONVERSATION.value]


def marks_for(
    actor: User, *, workspace_id: UUID | None = None, channel_id: UUID | None = None, kinds: list[str] = LISTED
) -> dict[UUID, MarkOut]:
    """My place in each channel that I see, unread counts included."""
    args = {"user": actor.id, "workspace": workspace_id, "channel": channel_id, "kinds": kinds}
    rows = database.rows(statements.MARKS, args)
    fields = list(MarkOut.model_fields)
    return {row[0]: MarkOut.model_validate(dict(zip(fields, row, strict=True))) for row in rows}


def unread_for(actor: User) -> list[MarkOut]:
    """My place in every channel of every workspace, for the shell."""
    return sorted(marks_for(actor).values(), key=lambda mark: (mark.workspace_id, mark.channel_id))


def drafts_for(actor: User) -> list[DraftOut]:
    """My drafts in channels that I still see, the latest first."""
    visible = access.visible_scope_ids(actor)
    drafts = Draft.objects.filter(user=actor, channel_id__in=visible).select_related("channel")
    return [DraftOut.from_model(draft) for draft in drafts.order_by("-updated_at", "id")]
