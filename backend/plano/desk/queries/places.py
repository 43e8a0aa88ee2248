"""Where things are, as this person calls the places."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from plano.accounts.models import User
from plano.chat import queries as chat
from plano.chat.models import Channel, ChannelKind
from plano.chat.schemas import MessageOut
from plano.desk.schemas import MessageLine
from plano.workspaces import policies as access
from plano.workspaces.models import Workspace


def of(actor: User) -> list[Workspace]:
    """My workspaces by name, archived ones too."""
    mine = Workspace.objects.filter(id__in=access.workspace_ids_of(actor))
    return sorted(mine, key=lambda workspace: (workspace.name.casefold(), workspace.id))


@dataclass(frozen=True, slots=True)
class ChannelPlace:
    """A channel's name for this person; a conversation has the other's."""

    workspace_id: UUID
    name: str
    conversation: bool

    def line(self, message: MessageOut, *, unread: bool) -> MessageLine:
        return MessageLine(
            message=message,
            workspace_id=self.workspace_id,
            channel_name=self.name,
            conversation=self.conversation,
            unread=unread,
        )


def channels(actor: User, ids: Iterable[UUID], workspace_id: UUID | None = None) -> dict[UUID, ChannelPlace]:
    """Those of these channels that the actor sees, in one workspace or in all."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Channel.objects.filter(id__in=wanted).filter(id__in=access.visible_scope_ids(actor, workspace_id))
    return {
        channel.id: ChannelPlace(channel.workspace_id, name, channel.kind == ChannelKind.CONVERSATION)
        for channel, name in chat.titled(actor, list(found))
    }
