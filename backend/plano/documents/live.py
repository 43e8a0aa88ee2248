"""What travels: folders and documents, in their access scope."""

from plano.documents.schemas import NodeOut
from plano.platform.live import Kind

NODE = Kind("documents.node", NodeOut)
