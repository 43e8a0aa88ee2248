"""Tables of conversations. `Message.seq` is the number of its frame: commit order, the same for everybody."""

from plano.chat.models.channels import Channel, ChannelKind, Entrance, History
from plano.chat.models.decisions import Decision, DecisionRevision, Standing
from plano.chat.models.exports import Export, ExportState
from plano.chat.models.files import Attachment, FilesPlace, MessageFile
from plano.chat.models.hooks import Delivery, IncomingHook, OutgoingHook
from plano.chat.models.later import Reminder, Scheduled
from plano.chat.models.messages import Mention, Message, Revision
from plano.chat.models.personal import Draft, Level, Mark
from plano.chat.models.policy import ChatPolicy, Edits, Pinners
from plano.chat.models.polls import Vote
from plano.chat.models.reactions import Reaction
from plano.chat.models.search import Indexed, Words
from plano.chat.models.threads import Follow
from plano.chat.models.wishes import ChatWishes, ReturnTo, SendKey

__all__ = [
    "Attachment",
    "Channel",
    "ChannelKind",
    "ChatPolicy",
    "ChatWishes",
    "Decision",
    "DecisionRevision",
    "Delivery",
    "Draft",
    "Edits",
    "Entrance",
    "Export",
    "ExportState",
    "FilesPlace",
    "Follow",
    "History",
    "IncomingHook",
    "Indexed",
    "Level",
    "Mark",
    "Mention",
    "Message",
    "MessageFile",
    "OutgoingHook",
    "Pinners",
    "Reaction",
    "Reminder",
    "ReturnTo",
    "Revision",
    "Scheduled",
    "SendKey",
    "Standing",
    "Vote",
    "Words",
]
