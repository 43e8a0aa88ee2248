"""A zip of the library becomes a folder beside it (R-73): looked into first, unpacked by a job in its owner's name."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from plano.accounts.models import User
from plano.documents import names, policies, queries
from plano.documents.actions.activity import record_activity
from plano.documents.actions.contents import save_content
from plano.documents.actions.nodes import create_node
from plano.documents.live import UNPACKING
from plano.documents.models import Kind, Node, Origin, Unpacking, Usage, Verb, Version
from plano.documents.queries.archives import unpacking_out
from plano.documents.unzipping import Archive, Item
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError, Invalid, NotFound, TooLarge
from plano.kernel.ids import derived_id, uuid7
from plano.platform import blobs
from plano.platform.live import Emit, unit_of_work

TASK = "documents.unpack"
QUEUE = "default"
BATCH = 25
BATCH_BYTES = 256 << 20
STALE = timedelta(minutes=5)
BUSY = (Unpacking.State.WAITING, Unpacking.State.RUNNING)
log = logging.getLogger("plano.documents")


def start_unpacking(*, actor: User, node_id: UUID, id: UUID) -> Unpacking:
    """Look into the archive, refuse what is hostile or too large, and leave the rest to a job. One at a time each."""
    existing = Unpacking.objects.filter(id=id).first()
    if existing is not None:
        if (existing.owner_id, existing.node_id) != (actor.id, node_id):
            raise Conflict("identifier_in_use")
        return existing
    node = queries.node_for(actor, node_id)
    policies.require_place(actor, node.workspace_id, node.parent)
    version = _present(actor, node)
    with _opened(version) as archive:
        total = len(archive.folders) + len(archive.files)
        _require_space(node.workspace_id, archive.size)
    with unit_of_work() as emit:
        User.objects.select_for_update().get(id=actor.id)  # one after the other: the limit holds
        busy = Unpacking.objects.filter(owner=actor, state__in=BUSY)
        if busy.filter(updated_at__gt=now() - STALE).exists():
            raise Conflict("unpacking_running")
        for lost in busy:
            _end(emit, lost, Unpacking.State.FAILED, "server_error")
        unpacking = Unpacking.objects.create(id=id, owner=actor, node=node, number=version.number, total=total)
        emit.changed(UNPACKING, scope=actor.id, data=unpacking_out(unpacking))
        app.configure_task(TASK, queue=QUEUE).defer(unpacking_id=str(unpacking.id))
    return unpacking


def cancel_unpacking(*, actor: User, unpacking_id: UUID) -> None:
    """What is there already stays; nothing more comes."""
    with unit_of_work() as emit:
        unpacking = Unpacking.objects.select_for_update().filter(id=unpacking_id, owner=actor).first()
        if unpacking is None:
            raise NotFound
        if unpacking.state in BUSY:
            _end(emit, unpacking, Unpacking.State.CANCELLED)


def unpack(unpacking_id: UUID) -> None:
    """The job: folder after folder, files in batches, each with the rights of its moment (R-07)."""
    unpacking = Unpacking.objects.select_related("owner", "node").filter(id=unpacking_id).first()
    if unpacking is None or unpacking.state != Unpacking.State.WAITING:
        return
    state, code = Unpacking.State.DONE, ""
    try:
        node = queries.node_for(unpacking.owner, unpacking.node_id)
        with _opened(_present(unpacking.owner, node, unpacking.number)) as archive:
            _require_space(node.workspace_id, archive.size)
            _run(unpacking, node, archive)
    except _Cancelled:
        return
    except DomainError as error:
        state, code = Unpacking.State.FAILED, error.code
    except Exception:
        log.exception("unpacking %s", unpacking_id)
        state, code = Unpacking.State.FAILED, "server_error"
    with unit_of_work() as emit:
        latest = Unpacking.objects.select_for_update().get(id=unpacking_id)
        if latest.state in BUSY:
            _end(emit, latest, state, code)


class _Cancelled(Exception):
    """Its owner does not want it any more."""


def _run(unpacking: Unpacking, node: Node, archive: Archive) -> None:
    actor, workspace_id = unpacking.owner, node.workspace_id
    root = create_node(
        actor=actor,
        workspace_id=workspace_id,
        id=derived_id(str(unpacking.id), "folder"),
        kind=Kind.FOLDER,
        name=names.split(node.name)[0],
        parent_id=node.parent_id,
        on_conflict="keep_both",
    )
    made: dict[tuple[str, ...], UUID] = {(): root.id}
    with unit_of_work() as emit:
        _step(emit, unpacking.id, 0, folder=root)
        record_activity(actor=actor, node=node, verb=Verb.UNPACKED)
    for start in range(0, len(archive.folders), BATCH):
        some = archive.folders[start : start + BATCH]
        with unit_of_work() as emit:
            for path in some:
                made[path] = _folder(actor, workspace_id, path[-1], made[path[:-1]])
            _step(emit, unpacking.id, len(some))
    for batch in _batches(archive.files):
        _land(unpacking, workspace_id, batch, made, archive)


def _folder(actor: User, workspace_id: UUID, name: str, parent_id: UUID) -> UUID:
    """Two folders of the archive whose names differ by capitals only are one."""
    return create_node(
        actor=actor,
        workspace_id=workspace_id,
        id=uuid7(),
        kind=Kind.FOLDER,
        name=name,
        parent_id=parent_id,
        on_conflict="reuse",
    ).id


def _land(
    unpacking: Unpacking, workspace_id: UUID, batch: list[Item], made: dict[tuple[str, ...], UUID], archive: Archive
) -> None:
    """The bytes first, then their documents in one unit of work: a failure leaves neither (R-132)."""
    kept: list[tuple[Item, str, str]] = []
    try:
        for item in batch:
            blob = blobs.new_name()
            kept.append((item, blob, _keep(archive, item, blob)))
        with unit_of_work() as emit:
            for item, blob, sha256 in kept:
                node = create_node(
                    actor=unpacking.owner,
                    workspace_id=workspace_id,
                    id=uuid7(),
                    kind=Kind.DOCUMENT,
                    name=item.name,
                    parent_id=made[item.folders],
                    on_conflict="keep_both",
                )
                save_content(actor=unpacking.owner, node_id=node.id, blob=blob, sha256=sha256, origin=Origin.IMPORT)
            _step(emit, unpacking.id, len(batch))
    except BaseException:
        for _, blob, _ in kept:
            blobs.store().discard(blob)
        raise


def _keep(archive: Archive, item: Item, blob: str) -> str:
    """Stream one file into the store; the SHA-256 of what came."""
    store, digest = blobs.store(), hashlib.sha256()
    store.begin(blob)
    try:
        writer = store.append(blob)
        try:
            for chunk in archive.read(item):
                digest.update(chunk)
                writer.write(chunk)
        finally:
            writer.close()
        store.keep(blob)
    except BaseException:
        store.discard(blob)
        raise
    return digest.hexdigest()


def _batches(files: list[Item]) -> Iterator[list[Item]]:
    """A few at a time, fewer when they are large."""
    batch: list[Item] = []
    size = 0
    for item in files:
        if batch and (len(batch) >= BATCH or size + item.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += item.size
    if batch:
        yield batch


def _step(emit: Emit, unpacking_id: UUID, count: int, *, folder: Node | None = None) -> None:
    """Inside a unit of work: so many more are there. Stops when it was cancelled meanwhile."""
    latest = Unpacking.objects.select_for_update().get(id=unpacking_id)
    if latest.state not in BUSY:
        raise _Cancelled
    latest.state, latest.done = Unpacking.State.RUNNING, latest.done + count
    latest.folder = folder or latest.folder
    latest.touch()
    latest.save()
    emit.changed(UNPACKING, scope=latest.owner_id, data=unpacking_out(latest))


def _end(emit: Emit, unpacking: Unpacking, state: Unpacking.State, code: str = "") -> None:
    unpacking.state, unpacking.code = state, code
    unpacking.touch()
    unpacking.save()
    emit.changed(UNPACKING, scope=unpacking.owner_id, data=unpacking_out(unpacking))


def _present(actor: User, node: Node, number: int | None = None) -> Version:
    """The content to unpack, which this person may have now (R-75)."""
    version = Version.objects.filter(node=node, number=node.content_version if number is None else number).first()
    if node.kind != Kind.DOCUMENT or version is None or version.media_type != "application/zip":
        raise Invalid("not_an_archive")
    policies.require_downloadable(actor, version)
    return version


@contextmanager
def _opened(version: Version) -> Iterator[Archive]:
    content = blobs.store().open(version.blob)
    try:
        yield Archive(content, max_file=settings.PLANO.upload_max_size)
    finally:
        content.close()


def _require_space(workspace_id: UUID, size: int) -> None:
    """Before the first byte; each document asks again when it lands."""
    usage = Usage.objects.filter(workspace_id=workspace_id).first()
    free = max(0, settings.PLANO.workspace_quota - (usage.bytes if usage else 0))
    if size > free:
        raise TooLarge("quota_exceeded", errors={"free": free})
