"""What travels: folders and documents, comments, share links, in their access scope; an unpacking, in its owner's."""

from plano.documents.schemas import FolderCount, NodeOut
from plano.documents.schemas.archives import UnpackingOut
from plano.documents.schemas.comments import CommentOut
from plano.documents.schemas.shares import ShareOut, SharingOut
from plano.platform.live import Kind

NODE = Kind("documents.node", NodeOut)
SHARE = Kind("documents.share", ShareOut)
COUNT = Kind("documents.count", FolderCount)
SHARING = Kind("documents.sharing", SharingOut)
UNPACKING = Kind("documents.unpacking", UnpackingOut)
COMMENT = Kind("documents.comment", CommentOut)
