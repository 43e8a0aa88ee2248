"""Previews: made by a job after the upload, or sooner for somebody who looks (R-74). Idempotent by version.

One conversion at a time in an installation (the job's lock), at low priority: the rest of the house does not wait.
"""

import logging
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from plano.documents import formats, queries
from plano.documents.actions.tree import locked
from plano.documents.live import NODE
from plano.documents.models import Preview, PreviewKind, State, Version
from plano.kernel.errors import Conflict, Invalid
from plano.platform import blobs, converters
from plano.platform.converters import Made, Reason, Refused
from plano.platform.live import unit_of_work

TASK = "documents.preview"
QUEUE = "default"
LOCK = "documents.previews"
PIECE = 1 << 20
SOON, NOW = -10, 10
log = logging.getLogger("plano.documents")


@dataclass(frozen=True)
class Derived:
    """One thing on its way to its row: bytes under a name, or the reason why there are none."""

    kind: PreviewKind
    reason: str = ""
    blob: str = ""
    media_type: str = ""
    size: int = 0
    width: int = 0
    height: int = 0


def prepare(version: Version, *, urgent: bool = False) -> None:
    """Put the job down, inside the transaction that we are in; once while it waits."""
    if version.size == 0 or not formats.kinds_of(version.media_type):
        return
    name = f"{TASK}:{version.id}{':now' if urgent else ''}"
    job = app.configure_task(TASK, queue=QUEUE, lock=LOCK, queueing_lock=name, priority=NOW if urgent else SOON)
    try:
        with transaction.atomic():
            job.defer(version_id=str(version.id))
    except AlreadyEnqueued:
        return


def make(version_id: UUID) -> int:
    """Derive what is missing of a version, and tell that the small picture is there. Returns how many rows came."""
    version = Version.objects.filter(id=version_id).first()
    if version is None or version.state in (State.CHECKING, State.INFECTED):
        return 0
    _forget_unavailable(version)
    held = set(Preview.objects.filter(version=version).values_list("kind", flat=True))
    missing = [kind for kind in formats.kinds_of(version.media_type) if kind not in held]
    if not missing or version.size == 0:
        return 0
    derived = _of_a_twin(version, missing)
    if derived is None:
        derived = _derive(version, missing)
    return _keep(version, derived)


def bare(version: Version, folder: Path) -> Made:
    """The picture without place, author or device, in a workplace. Raises Conflict with a plain reason."""
    if version.media_type not in formats.PICTURES:
        raise Invalid("only_pictures")
    if version.size > formats.largest_of(version.media_type):
        raise Conflict("picture_too_many_pixels")
    source = folder / f"source{formats.SOURCES[version.media_type]}"
    copy_out(version.blob, source)
    try:
        return converters.bare(source, folder=folder)
    except Refused as refused:
        too_large = refused.reason in (Reason.TOO_LARGE, Reason.TOO_SLOW)
        raise Conflict("picture_too_many_pixels" if too_large else "picture_damaged") from refused


def forget(versions: list[UUID]) -> None:
    """Inside a unit of work: the previews of these versions go, and the bytes that no other version shares."""
    held = set(Preview.objects.filter(version_id__in=versions).exclude(blob="").values_list("blob", flat=True))
    Preview.objects.filter(version_id__in=versions).delete()
    gone = held - set(Preview.objects.filter(blob__in=held).values_list("blob", flat=True))
    transaction.on_commit(lambda: blobs.discard_all(gone))


def _forget_unavailable(version: Version) -> None:
    """What could not be made for want of a program is tried again where the program is now."""
    if converters.office() is not None:
        Preview.objects.filter(version=version, reason=Reason.UNAVAILABLE).delete()


def _of_a_twin(version: Version, missing: list[PreviewKind]) -> list[Derived] | None:
    """The same bytes were shown before: theirs are ours."""
    twins = Preview.objects.filter(
        version__blob=version.blob, version__media_type=version.media_type, kind__in=missing
    ).exclude(reason=Reason.UNAVAILABLE)
    by_kind = {row.kind: row for row in twins}
    if set(by_kind) != set(missing):
        return None
    return [
        Derived(PreviewKind(k), row.reason, row.blob, row.media_type, row.size, row.width, row.height)
        for k, row in by_kind.items()
    ]


def _derive(version: Version, missing: list[PreviewKind]) -> list[Derived]:
    """In a workplace of its own; a refusal is kept like a result, so that nobody tries a bomb twice."""
    if version.size > formats.largest_of(version.media_type):
        return [Derived(kind, Reason.TOO_LARGE) for kind in missing]
    with converters.workplace() as folder:
        source = folder / f"source{formats.SOURCES[version.media_type]}"
        copy_out(version.blob, source)
        made: dict[str, Made] = {}
        try:
            if version.media_type in formats.OFFICE:
                made[PreviewKind.PDF] = converters.to_pdf(source, folder=folder)
                source = made[PreviewKind.PDF].path
            made |= _small(version.media_type, source, folder, missing)
        except Refused as refused:
            log.info("no preview of version %s: %s", version.id, refused)
            return [_stored(kind, made[kind]) if kind in made else Derived(kind, refused.reason) for kind in missing]
        return [_stored(kind, made[kind]) for kind in missing]


def _small(media_type: str, source: Path, folder: Path, missing: list[PreviewKind]) -> dict[str, Made]:
    sides = {PreviewKind.THUMBNAIL: formats.SMALL, PreviewKind.IMAGE: formats.LARGE}
    wanted: dict[str, int] = {kind: side for kind, side in sides.items() if kind in missing}
    if not wanted:
        return {}
    if media_type in formats.PICTURES:
        return converters.picture(source, folder=folder, sides=wanted)
    if media_type in formats.FILMS:
        return converters.frame(source, folder=folder, sides=wanted)
    return converters.first_page(source, folder=folder, sides=wanted)


def copy_out(blob: str, target: Path) -> None:
    """The bytes as a file that a caged child reads."""
    with target.open("wb") as file:
        file.writelines(blobs.pieces(blob, PIECE))
    target.chmod(0o644)  # in a folder that only the child's user enters


def _stored(kind: PreviewKind, made: Made) -> Derived:
    """Its bytes among the blobs, under a name that the sweeper takes unless the row comes."""
    name, size = blobs.new_name(), 0
    blobs.store().begin(name)
    part = blobs.store().append(name)
    try:
        with made.path.open("rb") as file:
            while piece := file.read(PIECE):
                part.write(piece)
                size += len(piece)
    finally:
        part.close()
    blobs.store().keep(name)
    return Derived(kind, "", name, made.media_type, size, made.width, made.height)


def _keep(version: Version, derived: list[Derived]) -> int:
    with unit_of_work() as emit:
        node = locked(version.node_id) if Version.objects.filter(id=version.id).exists() else None
        still = None if node is None else Version.objects.select_for_update().filter(id=version.id).first()
        if node is None or still is None or still.state == State.INFECTED:
            return _too_late(derived)
        rows = [Preview(version=version, **vars(one)) for one in derived]
        made = Preview.objects.bulk_create(rows, ignore_conflicts=True)
        shows = any(one.kind == PreviewKind.THUMBNAIL and not one.reason for one in derived)
        if shows and node.content_version == version.number and not node.thumbnail:
            node.thumbnail = True
            node.save(update_fields=["thumbnail"])
            if node.deleted_at is None:
                emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return len(made)


def _too_late(derived: list[Derived]) -> int:
    """Purged or found infected while we worked."""
    names = {one.blob for one in derived if one.blob}
    blobs.discard_all(names - set(Preview.objects.filter(blob__in=names).values_list("blob", flat=True)))
    return 0
