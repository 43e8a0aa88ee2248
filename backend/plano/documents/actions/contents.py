"""The bytes of a document: a new version, an older one again. Bytes themselves never pass here, only their names."""

from typing import Protocol
from uuid import UUID

from django.conf import settings

from plano.accounts.models import User
from plano.documents import policies, queries, statements, types
from plano.documents.actions import checking, previews, texts
from plano.documents.actions.activity import record_content
from plano.documents.actions.locks import require_unlocked
from plano.documents.actions.tree import lock_tree, locked
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, Origin, State, Usage, Version
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, DomainError, Invalid, NotFound, PreconditionFailed, TooLarge
from plano.platform import blobs
from plano.platform.live import unit_of_work
from plano.workspaces.models import Role

ANY = "*"


class ConditionMissing(DomainError):
    """The newest content is somebody else's, and the writer does not say which one it started from (RFC 6585, 3)."""

    status = 428
    default_code = "condition_missing"


class Content(Protocol):
    """Kept bytes with what is known of them; a `Version` is one."""

    blob: str
    size: int
    sha256: str
    media_type: str


def reserve(workspace_id: UUID, size: int) -> None:
    """Take space, or refuse. The row stays locked until COMMIT: parallel uploads meet the limit exactly (R-12)."""
    quota = settings.PLANO.workspace_quota
    if statements.one(statements.RESERVE, workspace=workspace_id, size=size, quota=quota) is None:
        used = Usage.objects.filter(workspace_id=workspace_id).values_list("bytes", flat=True).first() or 0
        raise TooLarge("quota_exceeded", errors={"free": max(0, quota - used)})


def release(workspace_id: UUID, size: int) -> None:
    """Give space back."""
    if size:
        reserve(workspace_id, -size)


def require_size(size: int) -> None:
    """One document has a limit of its own."""
    if size > settings.PLANO.upload_max_size:
        raise TooLarge("document_too_large", errors={"max_size": settings.PLANO.upload_max_size})


def may_write(*, actor: User, node_id: UUID) -> Node:
    """Before bytes are taken, and again while they come: may this person write this document?"""
    node = queries.node_for(actor, node_id, Role.MEMBER)
    if node.kind != Kind.DOCUMENT:
        raise Invalid("not_a_document")
    return node


def save_content(
    *,
    actor: User,
    node_id: UUID,
    blob: str,
    sha256: str,
    expected: str | None = None,
    must_say: bool = False,
    origin: Origin = Origin.UPLOAD,
) -> Node:
    """Kept bytes become the newest version. `expected` is the entity tag that the writer started from (documents-4);
    `ANY` replaces whatever is there. Who `must_say` and does not is refused over somebody else's content.

    The same bytes as now change nothing, so that a repeated PUT is harmless (R-131).
    """
    size, media_type = measure(blob, may_write(actor=actor, node_id=node_id).name)
    require_size(size)
    with unit_of_work() as emit:
        lock_tree(may_write(actor=actor, node_id=node_id).workspace_id, shape=False)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        if expected not in (None, ANY, node.sha256, str(node.version)):
            raise PreconditionFailed(errors={"current": queries.node_out(node).model_dump(mode="json")})
        if node.content_version and node.sha256 == sha256:
            blobs.store().discard(blob)
            return node
        if expected is None and must_say and written_by_others(actor, node.id, since=node.content_version - 1):
            raise ConditionMissing(errors={"current": queries.node_out(node).model_dump(mode="json")})
        reserve(node.workspace_id, size)
        put_version(
            node=node,
            author=actor,
            content=Version(blob=blob, size=size, sha256=sha256, media_type=media_type),
            origin=origin,
        )
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node


def written_by_others(actor: User, node_id: UUID, *, since: int) -> bool:
    """Whether anybody else has put a content there after the one of this number."""
    return Version.objects.filter(node_id=node_id, number__gt=since).exclude(author=actor, depositor="").exists()


def measure(blob: str, name: str) -> tuple[int, str]:
    """Size and type of kept bytes, from the bytes."""
    content = blobs.store().open(blob)
    try:
        return content.size, types.sniff(content.read(0, types.HEAD), name)
    finally:
        content.close()


def put_version(
    *,
    node: Node,
    author: User,
    content: Content,
    origin: str,
    restored_from: int | None = None,
    depositor: str = "",
) -> Version:
    """Inside a unit of work, on a locked node: one more version, which is now the content."""
    node.content_version += 1
    node.size, node.sha256, node.media_type = content.size, content.sha256, content.media_type
    node.blob, node.state = content.blob, checking.first_state(content)
    node.depositor, node.thumbnail = depositor, False
    node.touch()
    node.modified_by, node.modified_at = author, now()
    node.save()
    if node.state == State.CHECKING:
        checking.ask_later(content.blob)
    version = Version.objects.create(
        node=node,
        number=node.content_version,
        author=author,
        size=content.size,
        sha256=content.sha256,
        media_type=content.media_type,
        blob=content.blob,
        origin=origin,
        restored_from=restored_from,
        state=node.state,
        verdict=getattr(content, "verdict", ""),
        checked_at=getattr(content, "checked_at", None),
        depositor=depositor,
    )
    if node.state != State.CHECKING:
        previews.prepare(version)
        texts.prepare(version)
    if not depositor:  # whoever takes a deposit records it, with the link
        record_content(version)
    return version


def restore_version(*, actor: User, node_id: UUID, number: int) -> Node:
    """An older content becomes the newest version; the present one stays in the list (documents-5)."""
    workspace_id = may_write(actor=actor, node_id=node_id).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=False)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        require_unlocked(actor, node)
        older = Version.objects.filter(node=node, number=number).first()
        if older is None:
            raise NotFound
        if older.number == node.content_version:
            raise Conflict("version_is_current")
        policies.require_downloadable(actor, older)
        put_version(node=node, author=actor, content=older, origin=Origin.RESTORE, restored_from=number)
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
    return node
