"""The words inside a document are read by a job after each new content, in a limited child process (R-74, I1)."""

import logging
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from plano.documents import formats
from plano.documents.actions.previews import copy_out
from plano.documents.models import State, Text, Version
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.platform import converters
from plano.platform.converters import Reason, Refused

TASK = "documents.read_words"
QUEUE = "default"
LOCK = "documents.words"
SOON = -5  # before previews: words are cheap, and somebody may be looking for them
log = logging.getLogger("plano.documents")

_KEEP = """
INSERT INTO documents_text (id, created_at, node_id, number, reason, text, vector)
VALUES (%(id)s, %(at)s, %(node)s, %(number)s, %(reason)s, %(text)s, to_tsvector('plano_fr', %(text)s))
ON CONFLICT (node_id) DO UPDATE SET number = EXCLUDED.number, reason = EXCLUDED.reason, text = EXCLUDED.text,
    vector = EXCLUDED.vector, created_at = EXCLUDED.created_at
WHERE documents_text.number <= EXCLUDED.number
"""


def prepare(version: Version) -> None:
    """Put the job down, inside the transaction that we are in; once while it waits."""
    if version.size == 0 or formats.form_of(version.media_type) is None:
        return
    name = f"{TASK}:{version.id}"
    job = app.configure_task(TASK, queue=QUEUE, lock=LOCK, queueing_lock=name, priority=SOON)
    try:
        with transaction.atomic():
            job.defer(version_id=str(version.id))
    except AlreadyEnqueued:
        return


def read(version_id: UUID) -> bool:
    """Read the words of a content, if it is still the present one; False when there was nothing to do."""
    version = Version.objects.select_related("node").filter(id=version_id).first()
    if version is None or version.number != version.node.content_version:
        return False
    if version.state in (State.CHECKING, State.INFECTED):
        return False
    text, reason = _words(version)
    with transaction.atomic(), connection.cursor() as cursor:
        still = Version.objects.select_for_update().filter(id=version.id).exclude(state=State.INFECTED)
        if not still.exists():  # purged, or found infected while we read
            return False
        place: dict[str, UUID | int | str] = {"node": version.node_id, "number": version.number}
        cursor.execute(_KEEP, {"id": uuid7(), "at": now(), **place, "reason": str(reason), "text": text})
    return True


def catch_up(limit: int = 500) -> int:
    """Documents that were there before search read inside them, or whose job was lost."""
    unread = Version.objects.filter(
        number=F("node__content_version"), node__deleted_at=None, state__in=(State.UNSCANNED, State.CLEAN), size__gt=0
    ).exclude(node__text__number=F("number"))
    waiting = [version for version in unread.iterator() if formats.form_of(version.media_type) is not None][:limit]
    for version in waiting:
        prepare(version)
    return len(waiting)


def forget(node_id: UUID) -> None:
    """Infected: search knows nothing of it any more."""
    Text.objects.filter(node_id=node_id).delete()


def _words(version: Version) -> tuple[str, str]:
    form = formats.form_of(version.media_type)
    if form is None:
        return "", ""
    if version.size > formats.MAX_READ:
        return "", Reason.TOO_LARGE
    with converters.workplace() as folder:
        source = folder / "source"
        copy_out(version.blob, source)
        try:
            return " ".join(converters.words(source, form, folder=folder).split()), ""
        except Refused as refused:
            log.info("no words of version %s: %s", version.id, refused)
            return "", refused.reason
