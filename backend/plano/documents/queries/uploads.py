"""My uploads, and the limits."""

from uuid import UUID

from django.conf import settings

from plano.accounts.models import User
from plano.documents import policies
from plano.documents.models import Upload, Usage
from plano.documents.schemas import (
    LibraryOut,
    UploadOut,
)
from plano.kernel.clock import now
from plano.kernel.errors import NotFound
from plano.platform import blobs
from plano.platform.scanner import scanner


def uploads_for(actor: User, workspace_id: UUID | None = None) -> list[UploadOut]:
    """My uploads that are not done, the oldest first."""
    found = Upload.objects.filter(owner=actor, share=None, done_at=None, expires_at__gt=now()).order_by("created_at")
    if workspace_id is not None:
        found = found.filter(workspace_id=workspace_id)
    return [upload_out(upload) for upload in found[:500]]


def upload_out(upload: Upload) -> UploadOut:
    """An upload with what has arrived of it."""
    return UploadOut(
        id=upload.id,
        workspace_id=upload.workspace_id,
        parent_id=upload.parent_id,
        name=upload.name,
        length=upload.length,
        offset=offset_of(upload),
        complete=upload.complete_at is not None,
        expires_at=upload.expires_at,
    )


def upload_for(actor: User, upload_id: UUID) -> Upload:
    """An upload belongs to its author alone; for anybody else it is absent (R-72)."""
    upload = Upload.objects.select_related("node").filter(id=upload_id, owner=actor, expires_at__gt=now()).first()
    if upload is None or not actor.is_active:
        raise NotFound
    return upload


def offset_of(upload: Upload) -> int:
    """How many bytes have arrived: what the disk says."""
    if upload.complete_at is not None:
        return upload.length
    try:
        return blobs.store().part_size(upload.part)
    except blobs.Missing:
        return upload.length if upload.length and _is_kept(upload.part) else 0


def _is_kept(name: str) -> bool:
    try:
        blobs.store().open(name).close()
    except blobs.Missing:
        return False
    return True


def library_for(actor: User, workspace_id: UUID) -> LibraryOut:
    """The space taken and the limits."""
    policies.room_of(actor, workspace_id)
    usage = Usage.objects.filter(workspace_id=workspace_id).first()
    return LibraryOut(
        used=usage.bytes if usage else 0,
        quota=settings.PLANO.workspace_quota,
        max_size=settings.PLANO.upload_max_size,
        antivirus=scanner() is not None,
    )
