"""Words that several themes share."""

from typing import Literal

KindName = Literal["channel", "conversation", "meeting"]


def kind_name(kind: str) -> KindName:
    """The word of a kind on the wire."""
    return "conversation" if kind == "conversation" else "meeting" if kind == "meeting" else "channel"
