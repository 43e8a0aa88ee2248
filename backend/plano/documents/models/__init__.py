"""Tables of the library. Rules are in `policies` and `actions`."""

from plano.documents.models.activity import Activity, Verb
from plano.documents.models.approvals import Approval, ApprovalState, Asked, AskedState, Given, Purpose, Reminded
from plano.documents.models.archives import ArchiveTicket, Unpacking
from plano.documents.models.comments import Comment
from plano.documents.models.departures import Departure
from plano.documents.models.favourites import Favourite, Opening
from plano.documents.models.fields import CustomField, FieldKind
from plano.documents.models.follows import Follow
from plano.documents.models.locks import Lock, LockVia
from plano.documents.models.nodes import Kind, Node, Origin, State, Version
from plano.documents.models.previews import Preview, PreviewKind
from plano.documents.models.retention import Retention, RetentionAct, RetentionNotice
from plano.documents.models.shares import ShareLink, ShareMode, ShareUse, ShareVisit, Sharing, Stop
from plano.documents.models.texts import Text
from plano.documents.models.uploads import Upload, Usage

__all__ = [
    "Activity",
    "Approval",
    "ApprovalState",
    "ArchiveTicket",
    "Asked",
    "AskedState",
    "Comment",
    "CustomField",
    "Departure",
    "Favourite",
    "FieldKind",
    "Follow",
    "Given",
    "Kind",
    "Lock",
    "LockVia",
    "Node",
    "Opening",
    "Origin",
    "Preview",
    "PreviewKind",
    "Purpose",
    "Reminded",
    "Retention",
    "RetentionAct",
    "RetentionNotice",
    "ShareLink",
    "ShareMode",
    "ShareUse",
    "ShareVisit",
    "Sharing",
    "State",
    "Stop",
    "Text",
    "Unpacking",
    "Upload",
    "Usage",
    "Verb",
    "Version",
]
