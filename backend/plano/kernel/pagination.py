"""Opaque cursors: the sort key of the last item, encoded. Never an offset, so that a page survives inserts."""

import base64
import binascii
import json
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from plano.kernel.errors import Invalid

LIMIT = 50
MAX_LIMIT = 200


def encode(*key: str | int) -> str:
    """The cursor that stands after an item with this sort key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode(cursor: str, *, size: int) -> list[str]:
    """The sort key in a cursor, as strings. Raises `invalid_cursor`."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise Invalid("invalid_cursor") from error
    if not isinstance(key, list) or len(key) != size or not all(isinstance(k, str | int) for k in key):
        raise Invalid("invalid_cursor")
    return [str(k) for k in key]


def encode_time(at: datetime, id: UUID) -> str:
    """The cursor of a list by time, the latest first."""
    return encode(at.isoformat(), str(id))


def earlier(cursor: str, *, by: str = "created_at") -> Q:
    """What stands after such a cursor. Raises `invalid_cursor`."""
    at_text, id_text = decode(cursor, size=2)
    try:
        at, id = datetime.fromisoformat(at_text), UUID(id_text)
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
    if at.tzinfo is None:
        raise Invalid("invalid_cursor")
    return Q(**{f"{by}__lt": at}) | Q(**{by: at, "id__lt": id})
