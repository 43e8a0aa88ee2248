"""Who keeps a document for themselves, and until when."""

from typing import Annotated, Literal

from pydantic import Field

from plano.documents.schemas.people import NodePerson
from plano.kernel.schemas import In, Instant, Out


class LockOut(Out):
    """A lock as all who see the node see it. `via` says whether a browser or a program on a network drive took it."""

    owner: NodePerson
    reason: str
    since: Instant
    until: Instant
    via: Literal["web", "dav"]


class LockIn(In):
    """Why, and for how long; a working day unless said otherwise."""

    reason: Annotated[str, Field(max_length=200)] = ""
    minutes: Annotated[int, Field(ge=5, le=7 * 24 * 60)] = 8 * 60
