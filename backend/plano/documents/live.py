"""What travels: nodes and what is said of them, in their access scope; what is personal, in its owner's."""

from plano.documents.schemas import FolderCount, NodeOut
from plano.documents.schemas.approvals import ApprovalOut
from plano.documents.schemas.archives import UnpackingOut
from plano.documents.schemas.comments import CommentOut
from plano.documents.schemas.fields import FieldOut
from plano.documents.schemas.follows import NodeMarkOut
from plano.documents.schemas.retention import RetentionOut
from plano.documents.schemas.shares import ShareOut, SharingOut
from plano.platform.live import Kind

NODE = Kind("documents.node", NodeOut)
COUNT = Kind("documents.count", FolderCount)
SHARE = Kind("documents.share", ShareOut)
SHARING = Kind("documents.sharing", SharingOut)
MARK = Kind("documents.mark", NodeMarkOut)
UNPACKING = Kind("documents.unpacking", UnpackingOut)
COMMENT = Kind("documents.comment", CommentOut)
APPROVAL = Kind("documents.approval", ApprovalOut)
FIELD = Kind("documents.field", FieldOut)
RETENTION = Kind("documents.retention", RetentionOut)
