"""Copies of conversations: asked for in front of everybody, made by a worker, kept a week (R-143)."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from plano.accounts.models import User
from plano.chat import exporting, policies, queries
from plano.chat.actions.events import say_event
from plano.chat.models import Channel, Export, ExportState, Message
from plano.chat.queries import exports as reads
from plano.chat.schemas.exports import FORMAT, FORMAT_VERSION, ExportedMessage
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError
from plano.notifications.actions import notify
from plano.platform import audit, blobs
from plano.platform.live import unit_of_work
from plano.platform.live.models import Stream

WRITE = "chat.write_export"
KEPT, STUCK = timedelta(days=7), timedelta(hours=6)
SOON = 5  # before previews: somebody waits for it
UNFINISHED = (ExportState.WAITING, ExportState.RUNNING)
log = logging.getLogger("plano.chat")


def ask_export(*, actor: User, channel_id: UUID, id: UUID) -> tuple[Export, bool]:
    """Ask for a copy of what this person reads here; the channel is told at once. Sent again: the same one."""
    channel = queries.channel_for(actor, channel_id)
    known = Export.objects.filter(id=id).select_related("asked_by").first()
    if known is not None:
        if (known.asked_by_id, known.channel_id) != (actor.id, channel.id):
            raise Conflict("identifier_in_use")
        return known, False
    policies.require_export(actor, channel)
    with unit_of_work() as emit:
        Channel.objects.select_for_update(of=("self",)).get(id=channel.id)  # two that ask at once wait here
        if Export.objects.filter(channel=channel, asked_by=actor, state__in=UNFINISHED).exists():
            raise Conflict("export_running")
        since = queries.floor_of(actor.id, channel)
        until = Stream.reached(channel.id)
        total = Message.objects.filter(channel=channel, seq__gt=since, seq__lte=until, erased=False).count()
        export = Export.objects.create(id=id, channel=channel, asked_by=actor, since=since, until=until, total=total)
        _audit(actor, "channel.export_asked", channel, export)
        app.configure_task(WRITE, queue="chat", priority=SOON).defer(export_id=str(export.id))
        say_event(emit, channel_id=channel.id, actor=actor, verb="exported")
    return export, True


def write_export(export_id: UUID) -> None:
    """Make the file. Whoever may no longer export when it is made gets none."""
    taken = Export.objects.filter(id=export_id, state=ExportState.WAITING).update(state=ExportState.RUNNING)
    if not taken:
        return
    export = Export.objects.select_related("channel__workspace", "asked_by").get(id=export_id)
    name = blobs.new_name()
    try:
        policies.require_export(export.asked_by, export.channel)
        size, sha256 = _written(export, name)
        policies.require_export(export.asked_by, export.channel)
    except Exception as error:
        blobs.store().discard(name)
        _finish(export, ExportState.FAILED)
        if isinstance(error, DomainError):
            log.info("no export of %s: %s", export.channel_id, error.code)
            return
        raise
    _finish(export, ExportState.READY, blob=name, size=size, sha256=sha256)


def forget_exports() -> int:
    """Bytes whose week is over, and copies whose worker never came back."""
    late = Export.objects.filter(state__in=UNFINISHED, created_at__lt=now() - STUCK)
    late.update(state=ExportState.FAILED)
    gone = list(Export.objects.filter(state=ExportState.READY, expires_at__lte=now()))
    for export in gone:
        Export.objects.filter(id=export.id).update(state=ExportState.GONE, blob="")
        blobs.store().discard(export.blob)
    return len(gone)


def note_download(*, actor: User, export: Export) -> None:
    """A copy leaves the house."""
    with transaction.atomic():
        _audit(actor, "channel.export_downloaded", export.channel, export)


def _written(export: Export, name: str) -> tuple[int, str]:
    store = blobs.store()
    store.begin(name)
    part = store.append(name)
    out = _Counted(part)
    channel, asker = export.channel, export.asked_by
    [(_, title)] = queries.titled(asker, [channel])
    at = now()
    head = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "exported_at": at.isoformat().replace("+00:00", "Z"),
        "exported_by": {"id": str(asker.id), "name": asker.name},
        "workspace": {"id": str(channel.workspace_id), "name": channel.workspace.name},
        "channel": {"id": str(channel.id), "name": title},
        "kind": channel.kind,
        "topic": channel.topic,
        "history_from": export.since + 1,
    }
    about = exporting.About(
        head, title, channel.workspace.name, asker.name, at, language=asker.language, zone=asker.time_zone
    )
    known: dict[UUID, str] = {}

    def names(ids: set[UUID]) -> dict[UUID, str]:
        known.update({one.id: one.name for one in reads.people_named(list(ids - known.keys()))})
        return {id: known.get(id, "") for id in ids}

    try:
        exporting.write(
            cast("BinaryIO", out), about, lambda: _pages(export), lambda: reads.exported_decisions(export), names
        )
    finally:
        part.close()
    return store.keep(name), out.digest.hexdigest()


def _pages(export: Export) -> Iterator[list[ExportedMessage]]:
    """Both passes count: a copy is half done when its JSON is."""
    rules = policies.rules_of(export.channel.workspace_id)
    for page in reads.exported_messages(export, revisions=rules.revisions):
        export.done = min(export.done + (len(page) + 1) // 2, export.total)
        Export.objects.filter(id=export.id).update(done=export.done)
        yield page


class _Counted:
    """Bytes on their way to the store, and what they add up to."""

    def __init__(self, part: blobs.PartWriter) -> None:
        self._part, self.digest = part, hashlib.sha256()

    def write(self, data: Any) -> None:
        self.digest.update(data)
        self._part.write(data)


def _finish(export: Export, state: ExportState, **fields: Any) -> None:
    at = now()
    with unit_of_work() as emit:
        done = export.total if state == ExportState.READY else export.done
        until = at + KEPT if state == ExportState.READY else None
        Export.objects.filter(id=export.id).update(state=state, done=done, ready_at=at, expires_at=until, **fields)
        if state == ExportState.READY:
            [(channel, title)] = queries.titled(export.asked_by, [export.channel])
            notify(
                emit=emit,
                recipients=[export.asked_by],
                kind="export_ready",
                actor=None,
                workspace_id=channel.workspace_id,
                scope_id=channel.id,
                title=title,
                link_kind="chat.channel",
                link_id=channel.id,
            )


def _audit(actor: User, action: str, channel: Channel, export: Export) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_kind="channel",
        object_id=channel.id,
        workspace_id=channel.workspace_id,
        details={"export": str(export.id), "messages": export.total},
    )
