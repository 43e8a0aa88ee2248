"""Reads of one's own devices."""

from uuid import UUID

from plano.accounts.models import User
from plano.notifications.models import PushDevice
from plano.notifications.schemas import PushDeviceOut, PushOut
from plano.platform import webpush


def devices_of(user: User, *, session_id: UUID) -> PushOut:
    """The key is told only where something may be pushed."""
    rows = PushDevice.objects.filter(user=user).select_related("session").order_by("-created_at")
    enabled = webpush.is_on()
    return PushOut(
        enabled=enabled,
        key=webpush.public_key() if enabled else None,
        devices=[PushDeviceOut.from_model(row, current=row.session_id == session_id) for row in rows],
    )
