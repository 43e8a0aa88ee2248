"""Bytes on their way (tus): start, arrive, finish, decide, give up. Rights are asked at both ends (R-72)."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from plano.accounts.models import User
from plano.documents import names, policies, queries
from plano.documents.actions.contents import (
    measure,
    put_version,
    release,
    require_size,
    reserve,
    written_by_others,
)
from plano.documents.actions.locks import require_place_unlocked, require_unlocked
from plano.documents.actions.nodes import born
from plano.documents.actions.tree import free_name, living_parent, lock_tree, locked, require_depth, taken
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Origin, Upload, Version
from plano.documents.schemas import Decision
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError, Invalid, NotFound, TooMany
from plano.kernel.ids import uuid7
from plano.platform import blobs
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import Role

LIFETIME = timedelta(hours=24)
LONGEST = timedelta(days=7)
MAX_UNFINISHED = 500
CONFLICTS = ("ask", "version", "keep_both")
CHUNK = 1 << 20


def start_upload(
    *,
    actor: User,
    id: UUID,
    workspace_id: UUID | None,
    parent_id: UUID | None,
    name: str,
    length: int,
    conflict: str = "ask",
    node_id: UUID | None = None,
    base: int | None = None,
    whole: tuple[str, str] | None = None,
) -> Upload:
    """Room for the bytes of one document. `ask` is refused at once when the name is taken, before a byte is sent.

    `base` is the version that the writer had in hand of the document that shall have a new one: refused when there is
    a newer one, now and again at the end (documents-4). `whole`: name and sum of bytes that are kept
    already; the caller reserves their space.
    """
    existing = Upload.objects.select_related("node").filter(id=id).first()
    if existing is not None:
        if existing.owner_id != actor.id or existing.length != length:
            raise Conflict("identifier_in_use")
        return existing
    if conflict not in CONFLICTS:
        raise Invalid("invalid_conflict", errors={"conflict": "invalid_conflict"})
    if node_id is not None:
        node = queries.node_for(actor, node_id, Role.MEMBER)
        workspace_id, parent_id, name, conflict = node.workspace_id, node.parent_id, node.name, "version"
    if workspace_id is None:
        raise Invalid("workspace_missing", errors={"workspace_id": "workspace_missing"})
    name = names.clean(name)
    require_size(length)
    parent = queries.parent_named(parent_id)
    policies.require_place(actor, workspace_id, parent)
    other = queries.clash(workspace_id, parent_id, names.key(name))
    if other is not None and node_id is None and _asks(conflict, other):
        raise taken(actor, other)
    replaced = node if node_id is not None else other
    if replaced is not None and conflict == "version":
        _require_base(actor, replaced, base)
    if Upload.objects.filter(owner=actor, done_at=None).count() >= MAX_UNFINISHED:
        raise TooMany("too_many_uploads", retry_after=60)
    part, sha256 = whole or (blobs.new_name(), "")
    with transaction.atomic():
        upload = Upload(
            id=id,
            owner=actor,
            workspace_id=workspace_id,
            parent=parent,
            at_root=parent is None,
            name=name,
            length=length,
            conflict=conflict,
            part=part,
            sha256=sha256,
            complete_at=now() if whole else None,
            node_id=node_id,
            base=base,
            expires_at=now() + LIFETIME,
        )
        try:
            with transaction.atomic():
                upload.save(force_insert=True)
        except IntegrityError:  # the same creation twice at once
            raise Conflict("identifier_in_use") from None
        if whole is None:
            reserve(workspace_id, length)
            blobs.store().begin(part)
    return upload


def take_whole(
    *,
    actor: User,
    id: UUID,
    body: bytes,
    workspace_id: UUID | None,
    parent_id: UUID | None,
    name: str,
    conflict: str = "ask",
    node_id: UUID | None = None,
    base: int | None = None,
) -> tuple[Upload, Node | None]:
    """A small file that came whole: its place, its bytes and its document in one transaction, or nothing of it.

    No document when the same creation was sent before: then it goes on from there.
    """
    part = _written(body)
    try:
        with unit_of_work() as emit:
            if node_id is not None:
                workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
            if workspace_id is not None:  # before the quota's lock, as everywhere
                lock_tree(workspace_id, shape=conflict == "keep_both" and node_id is None)
            upload = start_upload(
                actor=actor,
                id=id,
                workspace_id=workspace_id,
                parent_id=parent_id,
                name=name,
                length=len(body),
                conflict=conflict,
                node_id=node_id,
                base=base,
                whole=(part, hashlib.sha256(body).hexdigest()),
            )
            if upload.part == part:
                require_depth(upload.parent)
                node = _become(emit, actor, upload, upload.parent, upload.conflict)
                reserve(upload.workspace_id, len(body))  # last: others wait for this row until COMMIT
                return upload, node
    except DomainError:  # certainly rolled back; after any other failure the sweeper decides, tomorrow
        blobs.store().discard(part)
        raise
    blobs.store().discard(part)
    return upload, None


def _written(body: bytes) -> str:
    part = blobs.new_name()
    blobs.store().begin(part)
    writer = blobs.store().append(part)
    try:
        writer.write(body)
    finally:
        writer.close()
    blobs.store().keep(part)
    return part


def may_continue(*, actor: User, upload_id: UUID) -> Upload:
    """Asked before bytes are taken, and again while they come: the owner, with the right to write there still."""
    upload = queries.upload_for(actor, upload_id)
    if upload.done_at is None:
        policies.require_place(actor, upload.workspace_id, _place(upload))
        _live_on(upload)
    return upload


def _live_on(upload: Upload) -> None:
    """A day after the last byte, a week in all: a slow line finishes, an abandoned part goes (R-72)."""
    until = min(now() + LIFETIME, upload.created_at + LONGEST)
    if until - upload.expires_at > timedelta(minutes=10):
        Upload.objects.filter(id=upload.id, done_at=None).update(expires_at=until)
        upload.expires_at = until


def arrived(*, actor: User, upload_id: UUID, sha256: str | None = None) -> Upload:
    """All bytes are there: flushed and kept under their name, hashed. Repeatable after a crash."""
    upload = queries.upload_for(actor, upload_id)
    if upload.complete_at is not None:
        return upload
    if blobs.store().keep(upload.part) != upload.length:
        raise Conflict("upload_incomplete")
    upload.sha256 = sha256 or _hash(upload.part)
    upload.complete_at = now()
    upload.save(update_fields=["sha256", "complete_at"])
    return upload


def finish_upload(
    *,
    actor: User,
    upload_id: UUID,
    decision: Decision | None = None,
    base: int | None = None,
    place: UUID | None = None,
    move: bool = False,
) -> Node | None:
    """The bytes become a document or a new version. A name that is taken, or a version newer than the one that the
    person saw (`base`), asks again; the bytes stay (documents-3, documents-4)."""
    upload = queries.upload_for(actor, upload_id)
    if decision == "skip":
        discard_upload(actor=actor, upload_id=upload_id)
        return None
    with unit_of_work() as emit:
        lock_tree(upload.workspace_id, shape="keep_both" in (decision, upload.conflict))
        upload = Upload.objects.select_for_update().get(id=upload_id)
        if upload.done_at is not None:
            if upload.node is None:
                raise NotFound
            return queries.node_for(actor, upload.node.id)
        if upload.complete_at is None:
            raise Conflict("upload_incomplete")
        parent = living_parent(place) if move else _place(upload)
        policies.require_place(actor, upload.workspace_id, parent)  # the second of the two checks
        require_depth(parent)
        if decision is not None:
            upload.base = base
        return _become(emit, actor, upload, parent, decision or upload.conflict)


def _become(emit: Emit, actor: User, upload: Upload, parent: Node | None, how: str) -> Node:
    node = _land(emit, actor, upload, parent, how)
    upload.done_at, upload.node = now(), node
    upload.save(update_fields=["done_at", "node"])
    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node


def _land(emit: Emit, actor: User, upload: Upload, parent: Node | None, how: str) -> Node:
    """Where the bytes go: the document named, a new version of the one in the way, or a new document."""
    parent_id = None if parent is None else parent.id
    size, media_type = measure(upload.part, upload.name)
    content = Version(blob=upload.part, size=size, sha256=upload.sha256, media_type=media_type)
    aimed = (
        upload.node_id
        and Node.objects.filter(
            id=upload.node_id, workspace_id=upload.workspace_id, kind=Kind.DOCUMENT, deleted_at=None
        ).first()
    )
    other = aimed or queries.clash(upload.workspace_id, parent_id, names.key(upload.name))
    name = upload.name
    if other is not None and how == "version" and other.kind == Kind.DOCUMENT:
        node = locked(other.id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        if node.sha256 != upload.sha256:
            _require_base(actor, node, upload.base)
    else:
        if other is not None and how != "keep_both":
            raise taken(actor, other)
        require_place_unlocked(actor, upload.workspace_id, parent_id)
        if other is not None:
            name = free_name(upload.workspace_id, parent_id, name)
        node = born(
            emit,
            actor=actor,
            id=uuid7(),
            workspace_id=upload.workspace_id,
            parent=parent,
            kind=Kind.DOCUMENT,
            name=name,
        )
    origin = Origin.UPLOAD if upload.share_id is None else Origin.DEPOSIT
    put_version(node=node, author=actor, content=content, origin=origin, depositor=upload.depositor)
    return node


def _asks(conflict: str, other: Node) -> bool:
    return conflict == "ask" or (conflict == "version" and other.kind != Kind.DOCUMENT)


def _require_base(actor: User, node: Node, base: int | None) -> None:
    """No silent win over what somebody else saved meanwhile: the writer is shown it and decides."""
    if base is not None and node.content_version > base and written_by_others(actor, node.id, since=base):
        raise Conflict("newer_version", errors={"node": queries.node_out(node).model_dump(mode="json")})


def discard_upload(*, actor: User, upload_id: UUID) -> None:
    """Give up; the space is free again. What has become a document stays."""
    upload = queries.upload_for(actor, upload_id)
    _forget(upload.id)


def forget_expired(at: datetime | None = None, limit: int = 1000) -> int:
    """Abandoned parts go after a day. Called by a job."""
    over = Upload.objects.filter(expires_at__lte=at or now()).values_list("id", flat=True)[:limit]
    ids = list(over)
    for id in ids:
        _forget(id)
    return len(ids)


def sweep(older_than: timedelta = LIFETIME) -> int:
    """Bytes that no row speaks of: a crash came between the rename and the COMMIT (R-132)."""
    lost = queries.orphans(older_than)
    for name in lost:
        blobs.store().discard(name)
    return len(lost)


def _forget(upload_id: UUID) -> None:
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(id=upload_id).first()
        if upload is None:
            return
        upload.delete()
        if upload.done_at is None:
            release(upload.workspace_id, upload.length)
            part = upload.part
            transaction.on_commit(lambda: blobs.store().discard(part))


def _place(upload: Upload) -> Node | None:
    if upload.at_root:
        return None
    if upload.parent_id is None:
        raise Conflict("folder_gone", errors={"parent_id": "folder_gone"})
    parent = queries.parent_named(upload.parent_id)
    if parent is not None and parent.deleted_at is not None:
        raise Conflict("folder_gone", errors={"parent_id": "folder_gone"})
    return parent


def _hash(blob: str) -> str:
    digest = hashlib.sha256()
    for chunk in blobs.pieces(blob, CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
