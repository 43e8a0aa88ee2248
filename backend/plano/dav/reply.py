"""Answers of the file face, and what every one of them says."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from plano.documents.faces.wire import Headers

METHODS = (
    "OPTIONS", "GET", "HEAD", "PUT", "DELETE", "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK",
)  # fmt: skip
EVERY = (*METHODS, "POST", "PATCH", "TRACE", "REPORT", "MKCALENDAR", "ACL", "SEARCH")
FOLDER_METHODS = tuple(method for method in METHODS if method != "PUT")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, or one that is sent piece by piece."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes | Iterator[bytes] = b""


def dav_headers() -> Headers:
    """What we speak. Windows opens a network drive only where `MS-Author-Via` says DAV."""
    return [(b"dav", b"1, 2"), (b"ms-author-via", b"DAV"), (b"accept-ranges", b"bytes")]
