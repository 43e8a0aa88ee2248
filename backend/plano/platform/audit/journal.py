"""`record`, inside the transaction of the act; `seal`, after it: places entries in the chain; `verify`; `purge`."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from plano.platform.audit.context import current_origin
from plano.platform.audit.hashing import link_hash
from plano.platform.audit.models import Entry, Head, Link, Pending

logger = logging.getLogger("plano.audit")

_LOCK = 0x706C616E6F01
_BATCH = 500


class Actor(Protocol):
    """Anyone with an identifier; the journal keeps nothing else of a person."""

    @property
    def id(self) -> UUID: ...


def record(
    *,
    actor: Actor | None,
    action: str,
    object_kind: str = "",
    object_id: UUID | None = None,
    workspace_id: UUID | None = None,
    result: str = "ok",
    details: Mapping[str, str | int | bool | None] | None = None,
) -> Entry:
    """Write one entry with the act: both are committed or neither. `details` holds codes and numbers, never content."""
    where = current_origin()
    entry = Entry(
        actor_id=actor.id if actor else None,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        workspace_id=workspace_id,
        result=result,
        network=where.network,
        request_id=where.request_id,
        details=dict(details or {}),
    )
    with transaction.atomic():
        entry.save(force_insert=True)
        Pending.objects.create(entry_id=entry.id)
    transaction.on_commit(lambda: _after_commit(entry), robust=True)
    return entry


def _after_commit(entry: Entry) -> None:
    """The copy for syslog, then the chain. Somebody else sealing already will take it, or the next act does."""
    logger.info(
        "journal",
        extra={
            "entry": str(entry.id),
            "actor": str(entry.actor_id or ""),
            "action": entry.action,
            "object_kind": entry.object_kind,
            "object_id": str(entry.object_id or ""),
            "result": entry.result,
            "network": entry.network,
        },
    )
    seal(wait=False)


def seal(*, wait: bool = True) -> int:
    """Give every committed entry its place in the chain; returns how many. One process at a time, no act waits."""
    with transaction.atomic():
        if not _alone(wait=wait):
            return 0
        head = Head.objects.select_for_update().get(id=1)
        waiting = list(Pending.objects.values_list("entry_id", flat=True)[:_BATCH])
        pending = list(Entry.objects.filter(id__in=waiting).order_by("at", "id"))
        links = []
        for entry in pending:
            head.last_seq += 1
            digest = link_hash(seq=head.last_seq, previous_hash=head.last_hash, entry=entry)
            links.append(Link(seq=head.last_seq, entry_id=entry.id, previous_hash=head.last_hash, hash=digest))
            head.last_hash = digest
        if links:
            Link.objects.bulk_create(links)
            Pending.objects.filter(entry_id__in=waiting).delete()
            head.save(update_fields=["last_seq", "last_hash"])
    return len(links)


def _alone(*, wait: bool) -> bool:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    return row is not None and bool(row[0])


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many entries agree and, if any, the first number where the chain breaks and why."""

    checked: int
    broken_at: int | None = None
    reason: str = ""


def verify() -> Verdict:
    """Walk the whole chain: a changed, removed, moved or cut entry is reported with its number (R-123)."""
    while seal() == _BATCH:
        pass
    head = Head.objects.get(id=1)
    expected, previous, checked = head.first_seq, head.base_hash, 0
    for link, entry in _chain():
        if link.seq != expected:
            return Verdict(checked, expected, "missing")
        if entry is None:
            return Verdict(checked, link.seq, "entry_missing")
        if link.previous_hash != previous or link.hash != link_hash(seq=link.seq, previous_hash=previous, entry=entry):
            return Verdict(checked, link.seq, "changed")
        expected, previous, checked = expected + 1, link.hash, checked + 1
    if expected != head.last_seq + 1 or previous != head.last_hash:
        return Verdict(checked, expected, "cut")
    if Entry.objects.count() != checked + Pending.objects.count():
        return Verdict(checked, expected, "outside_the_chain")
    return Verdict(checked)


def _chain() -> Iterator[tuple[Link, Entry | None]]:
    last = 0
    while links := list(Link.objects.filter(seq__gt=last).order_by("seq")[:_BATCH]):
        entries = Entry.objects.in_bulk([link.entry_id for link in links])
        for link in links:
            yield link, entries.get(link.entry_id)
        last = links[-1].seq


def purge(*, before: datetime) -> int:
    """Forget what is older than the retention (R-124). The chain keeps the hash where it now begins."""
    seal()
    with transaction.atomic():
        _alone(wait=True)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plano.audit_purge = 'on'")
        head = Head.objects.select_for_update().get(id=1)
        kept = (
            Link.objects.filter(entry_id__in=Entry.objects.filter(at__gte=before).values("id")).order_by("seq").first()
        )
        first = kept.seq if kept else head.last_seq + 1
        if first <= head.first_seq:
            return 0
        old = Link.objects.filter(seq__lt=first)
        head.base_hash = Link.objects.get(seq=first - 1).hash
        head.first_seq = first
        count, _ = Entry.objects.filter(id__in=list(old.values_list("entry_id", flat=True))).delete()
        old.delete()
        head.save(update_fields=["base_hash", "first_seq"])
    record(actor=None, action="audit.purged", details={"entries": count})
    return count
