"""The bytes of documents: written under a temporary name, flushed, then kept under a name that the server made.

`store()` gives the adapter of this installation. The database says which bytes belong to what; here are only bytes.
"""

from plano.platform.blobs.base import (
    Busy,
    Content,
    Damaged,
    KeyMissing,
    Missing,
    PartWriter,
    Store,
    new_name,
)
from plano.platform.blobs.chosen import answers, discard_all, pieces, store, use

__all__ = [
    "Busy",
    "Content",
    "Damaged",
    "KeyMissing",
    "Missing",
    "PartWriter",
    "Store",
    "answers",
    "discard_all",
    "new_name",
    "pieces",
    "store",
    "use",
]
