"""Every content is read again once a month, a share each night, so that damage is known while there are backups."""

import logging

from prometheus_client import Counter

from plano.documents.queries.integrity import examine
from plano.kernel.clock import now
from plano.platform import audit

FOUND = Counter("plano_damaged_contents", "Contents that the nightly reading found damaged or absent")
log = logging.getLogger("plano.storage")


def verify_share(night: int | None = None) -> int:
    """Called by a job. What is found is in the log, the journal and the figures; `plano check --files` names it all."""
    found = 0
    for damage in examine(night=now().toordinal() if night is None else night):
        found += 1
        FOUND.inc()
        log.error("content %s: %s; `plano check --files` says what to do", damage.blob, damage.reason)
    if found:
        audit.record(actor=None, action="documents.damage_found", result="failed", details={"contents": found})
    return found
