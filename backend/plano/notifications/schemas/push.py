"""What crosses the wire about the devices that are told by push."""

from uuid import UUID

from pydantic import Field

from plano.kernel.schemas import In, Instant, Out
from plano.notifications.models import PushDevice


class PushDeviceIn(In):
    """What the browser's `pushManager.subscribe()` gave."""

    endpoint: str = Field(max_length=1000)
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=40)


class PushDeviceOut(Out):
    id: UUID
    device: str
    """« Firefox, Windows »."""
    current: bool
    """Whether it is the browser that asks."""
    created_at: Instant
    sent_at: Instant | None

    @classmethod
    def from_model(cls, row: PushDevice, *, current: bool) -> "PushDeviceOut":
        return cls(
            id=row.id, device=row.session.device, current=current, created_at=row.created_at, sent_at=row.sent_at
        )


class PushOut(Out):
    """Whether this installation pushes at all, what browsers subscribe with, and one's own devices."""

    enabled: bool
    key: str | None
    devices: list[PushDeviceOut]


class PushTrialOut(Out):
    """Whether the push service took the trial."""

    taken: bool
