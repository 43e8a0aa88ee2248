"""Share links: switch on, make, change, stop. Nothing here is silent (R-14). For what outsiders do see `visits`."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from plano.accounts import hashers
from plano.accounts.models import User
from plano.accounts.tokens import token_hash
from plano.documents import queries
from plano.documents.live import SHARE, SHARING
from plano.documents.models import (
    Kind,
    Node,
    ShareLink,
    ShareMode,
    ShareUse,
    ShareVisit,
    Sharing,
    Stop,
    Upload,
)
from plano.documents.queries import shares as reads
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Gone, Invalid
from plano.kernel.text import nfc
from plano.platform import audit
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import Membership, Role, Workspace

LIFETIME = timedelta(days=30)
LONGEST = timedelta(days=366)
KEPT = timedelta(days=365)
MAX_FRAMES = 80
BY_CIRCUMSTANCE = {Stop.DELETED, Stop.MOVED, Stop.CREATOR, Stop.ARCHIVED, Stop.SHARING_OFF}


def set_sharing(*, actor: User, workspace_id: UUID, links: bool) -> Sharing:
    """Allow links in a workspace, or not. Switched off, all its links are dead, also when it is switched on again."""
    access.require_member(actor, workspace_id, Role.MANAGER)
    with unit_of_work() as emit:
        Workspace.objects.select_for_update().get(id=workspace_id)
        row, _ = Sharing.objects.get_or_create(workspace_id=workspace_id)
        if row.links == links:
            return row
        row.links = links
        row.save(update_fields=["links"])
        if not links:
            _stop_all(emit, ShareLink.objects.filter(workspace_id=workspace_id), Stop.SHARING_OFF, actor)
        emit.changed(SHARING, scope=workspace_id, data=reads.sharing_out(workspace_id))
        audit.record(
            actor=actor,
            action="workspace.share_links_on" if links else "workspace.share_links_off",
            object_kind="workspace",
            object_id=workspace_id,
            workspace_id=workspace_id,
        )
    return row


def create_share(
    *,
    actor: User,
    node_id: UUID,
    id: UUID,
    mode: ShareMode,
    label: str = "",
    password: str | None = None,
    expires_at: datetime | None = None,
    max_uses: int | None = None,
) -> ShareLink:
    """A link to a document or folder, by somebody who may write there. Sent again with the same id: the same link."""
    node = queries.node_for(actor, node_id, Role.MEMBER)
    existing = ShareLink.objects.select_related(*reads.WITH).filter(id=id).first()
    if existing is not None:
        if (existing.created_by_id, existing.node_id, existing.mode) != (actor.id, node_id, mode):
            raise Conflict("identifier_in_use")
        return existing
    _require_may_share(actor, node, mode)
    secret_hash = token_hash(reads.secret(id))
    stored = _hashed(password)
    with unit_of_work() as emit:
        Workspace.objects.select_for_update().get(id=node.workspace_id)  # sharing is not switched off meanwhile
        _require_sharing(node.workspace_id)
        try:
            with transaction.atomic():
                link = ShareLink.objects.create(
                    id=id,
                    workspace=node.workspace,
                    node=node,
                    scope_id=node.scope_id,
                    created_by=actor,
                    mode=mode,
                    label=label,
                    token_hash=secret_hash,
                    password=stored,
                    expires_at=_end(expires_at),
                    max_uses=max_uses,
                )
        except IntegrityError:  # the same creation twice at once
            raise Conflict("identifier_in_use") from None
        emit.changed(SHARE, scope=link.scope_id, data=reads.share_out(link))
        _journal(actor, "document.share_created", link, mode=mode, protected=link.password != "")
    return link


def update_share(
    *,
    actor: User,
    share_id: UUID,
    label: str | None = None,
    password: str | None = None,
    expires_at: datetime | None = None,
    max_uses: int | None = None,
    fields: Iterable[str],
) -> ShareLink:
    """Change what is given. A link that was stopped stays so; one past its end or used up can be prolonged."""
    reads.managed_share_for(actor, share_id)
    given = set(fields)
    stored = _hashed(password) if "password" in given else ""
    with unit_of_work() as emit:
        link = locked_share(share_id)
        reads.managed_share_for(actor, share_id)
        if reads.troubles([link.id])[link.id] not in ("", "expired", "exhausted"):
            raise Gone("share_stopped")
        if "label" in given and label is not None:
            link.label = label
        if "password" in given:
            link.password = stored
            ShareVisit.objects.filter(link=link).update(expires_at=now())  # who came in by the old one asks again
        if "expires_at" in given:
            link.expires_at = _end(expires_at)
        if "max_uses" in given:
            link.max_uses = max_uses
        link.touch()
        link.save()
        emit.changed(SHARE, scope=link.scope_id, data=reads.share_out(link))
        _journal(actor, "document.share_changed", link, fields=",".join(sorted(given)))
    return link


def stop_share(*, actor: User, share_id: UUID) -> ShareLink:
    """Dead at once, for ever (R-14). Already stopped: nothing happens."""
    reads.managed_share_for(actor, share_id)
    with unit_of_work() as emit:
        link = locked_share(share_id)
        if link.stopped_at is None:
            _stop(emit, link, Stop.BY_HAND, actor)
            _journal(actor, "document.share_stopped", link)
    return link


def stop_links_of(person: User, workspace: Workspace, emit: Emit) -> None:
    """When somebody leaves a workspace, the links that they made there stop (hook of `workspaces.ports`)."""
    _stop_all(emit, ShareLink.objects.filter(workspace=workspace, created_by=person), Stop.CREATOR, None)


def settle(limit: int = 500) -> int:
    """Links that circumstances killed stay dead even when those change back. Called by a job every few minutes.

    Until then an undone deletion leaves the link as it was.
    """
    ids = list(ShareLink.objects.filter(stopped_at=None).values_list("id", flat=True))
    dead = [(id, Stop(why)) for id, why in reads.troubles(ids).items() if why in BY_CIRCUMSTANCE][:limit]
    for id, why in dead:
        with unit_of_work() as emit:
            link = locked_share(id)
            if link.stopped_at is None and reads.troubles([id])[id] == why:
                _stop(emit, link, why, None)
                _journal(None, "document.share_stopped", link, reason=why)
    return len(dead)


def forget_old(limit: int = 1000) -> int:
    """What was done through links is kept for a year, and so are links that ended."""
    ShareUse.objects.filter(at__lt=now() - KEPT).delete()
    ShareVisit.objects.filter(created_at__lt=now() - KEPT).delete()
    over = Q(stopped_at__lt=now() - KEPT) | Q(expires_at__lt=now() - KEPT)
    ids = list(ShareLink.objects.filter(over).values_list("id", flat=True)[:limit])
    Upload.objects.filter(share_id__in=ids).update(share=None, expires_at=now())  # their space is given back by a job
    ShareLink.objects.filter(id__in=ids).delete()
    return len(ids)


def _require_may_share(actor: User, node: Node, mode: ShareMode) -> None:
    if Membership.objects.filter(workspace_id=node.workspace_id, user=actor, role=Role.GUEST).exists():
        raise Forbidden("guests_share_nothing")
    if mode == ShareMode.DROP and node.kind != Kind.FOLDER:
        raise Invalid("only_folders", errors={"mode": "only_folders"})
    _require_sharing(node.workspace_id)


def _require_sharing(workspace_id: UUID) -> None:
    if not reads.sharing_out(workspace_id).links:
        raise Forbidden("sharing_is_off")


def _end(wanted: datetime | None) -> datetime:
    at = now()
    if wanted is None:
        return at + LIFETIME
    if wanted.tzinfo is None or not at < wanted <= at + LONGEST:
        raise Invalid("invalid_end", errors={"expires_at": "invalid_end"})
    return wanted


def _hashed(password: str | None) -> str:
    if not password:
        return ""
    with hashers.hashing_slot():
        return hashers.encode(nfc(password))


def locked_share(share_id: UUID) -> ShareLink:
    """The row of a link, for change."""
    rows = ShareLink.objects.select_for_update(of=("self",)).select_related(*reads.WITH)
    return rows.get(id=share_id)


def _stop(emit: Emit, link: ShareLink, why: Stop, by: User | None) -> None:
    link.stopped_at, link.stopped_by, link.stop_reason = now(), by, why
    link.touch()
    link.save()
    emit.changed(SHARE, scope=link.scope_id, data=reads.share_out(link))


def _stop_all(emit: Emit, links: QuerySet[ShareLink], why: Stop, by: User | None) -> None:
    """Inside a unit of work. Beyond a number of frames the others are read again by whoever looks."""
    living = list(links.filter(stopped_at=None).select_related(*reads.WITH)[:MAX_FRAMES])
    for link in living:
        _stop(emit, link, why, by)
    links.filter(stopped_at=None).update(
        stopped_at=now(), stopped_by=by, stop_reason=why, version=F("version") + 1, updated_at=now()
    )


def _journal(actor: User | None, action: str, link: ShareLink, **details: str | bool) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_kind="share_link",
        object_id=link.id,
        workspace_id=link.workspace_id,
        details={"node": str(link.node_id), **details},
    )
