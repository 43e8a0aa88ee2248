"""Tables of the library. Rules are in `policies` and `actions`."""

from plano.documents.models.nodes import Kind, Node, Origin, State, Version
from plano.documents.models.uploads import Upload, Usage

__all__ = [
    "Kind",
    "Node",
    "Origin",
    "State",
    "Upload",
    "Usage",
    "Version",
]
