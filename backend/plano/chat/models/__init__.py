"""Tables of conversations. `Message.seq` is the number of its frame: commit order, the same for everybody."""

from plano.chat.models.channels import Channel, ChannelKind, Entrance, History
from plano.chat.models.decisions import Decision, DecisionRevision, Standing
from plano.chat.models.messages import Mention, Message, Revision
from plano.chat.models.personal import Draft, Level, Mark
from plano.chat.models.polls import Vote
from plano.chat.models.reactions import Reaction
from plano.chat.models.threads import Follow

__all__ = [
    "Channel",
    "ChannelKind",
    "Decision",
    "DecisionRevision",
    "Draft",
    "Entrance",
    "Follow",
    "History",
    "Level",
    "Mark",
    "Mention",
    "Message",
    "Reaction",
    "Revision",
    "Standing",
    "Vote",
]
