"""What a browser may say, and nothing else: an unknown word, field or size closes its connection only (R-90)."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

MAX_BYTES = 64 << 10
SOURCES = Literal["main", "screen"]
Token = Annotated[str, Field(min_length=20, max_length=100)]
Participant = Annotated[str, Field(min_length=36, max_length=36)]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Jsep(_Said):
    type: Literal["offer", "answer"]
    sdp: Annotated[str, Field(max_length=60_000)]


class IceCandidate(_Said):
    candidate: Annotated[str, Field(max_length=2000)]
    sdpMid: Annotated[str, Field(max_length=64)] | None = None  # noqa: N815 - the browser's own words
    sdpMLineIndex: Annotated[int, Field(ge=0, le=999)] | None = None  # noqa: N815
    usernameFragment: Annotated[str, Field(max_length=256)] | None = None  # noqa: N815


class Hello(_Said):
    type: Literal["hello"]
    token: Token


class Publish(_Said):
    type: Literal["publish"]
    source: SOURCES
    jsep: Jsep


class Unpublish(_Said):
    type: Literal["unpublish"]
    source: SOURCES


class Answer(_Said):
    type: Literal["answer"]
    jsep: Jsep


class Trickle(_Said):
    type: Literal["trickle"]
    pc: Literal["main", "screen", "receive"]
    candidate: IceCandidate | None


class Layer(_Said):
    type: Literal["layer"]
    mid: Annotated[str, Field(max_length=16)]
    substream: Annotated[int, Field(ge=-1, le=2)]


class Renew(_Said):
    type: Literal["renew"]


class State(_Said):
    type: Literal["state"]
    microphone: bool
    camera: bool
    screen: bool


class PeerSignal(_Said):
    """From browser to browser, when there is no media server."""

    type: Literal["signal"]
    to: Participant
    description: Jsep | None = None
    candidate: IceCandidate | None = None
    screen: Annotated[str, Field(max_length=64)] | None = None


class Ice(_Said):
    type: Literal["ice"]


class Leave(_Said):
    type: Literal["leave"]


class Ping(_Said):
    type: Literal["ping"]


Said = Annotated[
    Publish | Unpublish | Answer | Trickle | Layer | Renew | State | PeerSignal | Ice | Leave | Ping,
    Field(discriminator="type"),
]
_SAID: TypeAdapter[Any] = TypeAdapter(Said)


def hello(text: str | None) -> Hello | None:
    """The first message, or None when it is not one."""
    try:
        return Hello.model_validate_json(_bounded(text), strict=True)
    except (ValidationError, ValueError):
        return None


def said(text: str | None) -> Any:
    """Any later message, or None when it is not one."""
    try:
        return _SAID.validate_json(_bounded(text), strict=True)
    except (ValidationError, ValueError):
        return None


def _bounded(text: str | None) -> str:
    if text is None or len(text) > MAX_BYTES:
        raise ValueError
    return text
