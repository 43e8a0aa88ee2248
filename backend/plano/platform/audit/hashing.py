"""What an entry's hash is made of: every column, in one fixed form, after the hash before it."""

import hashlib
import json
from datetime import UTC

from plano.platform.audit.models import Entry


def link_hash(*, seq: int, previous_hash: str, entry: Entry) -> str:
    """SHA-256 over the previous hash and the whole entry; one changed letter changes all that follow."""
    body = [
        seq,
        previous_hash,
        str(entry.id),
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(entry.actor_id or ""),
        entry.action,
        entry.object_kind,
        str(entry.object_id or ""),
        str(entry.workspace_id or ""),
        entry.result,
        entry.network,
        entry.request_id,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
