"""What an outsider does through a share link: open it, take, deposit. Each is noted (documents-16)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from plano.accounts import hashers, throttle
from plano.accounts.tokens import new_token, token_hash
from plano.documents.actions import journal, uploads
from plano.documents.actions.activity import record_activity
from plano.documents.actions.shares import locked_share
from plano.documents.live import SHARE
from plano.documents.models import Node, ShareLink, ShareUse, ShareVisit, Upload, Verb
from plano.documents.queries import shared as reads
from plano.documents.queries.shares import share_out
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, TooLarge, TooMany
from plano.kernel.text import nfc
from plano.platform.live import unit_of_work

VISIT = timedelta(hours=12)
MAX_UNFINISHED = 50
SAME_DOWNLOAD = timedelta(minutes=10)


def open_visit(*, token: str, password: str | None, address: str, network: str) -> tuple[ShareLink, ShareVisit, str]:
    """One use: the right password, when there is one, opens the link for this browser. Returns the visit's key.

    `network` is what limits count, `address` its shortened form for the list of uses.
    """
    link = reads.link_by_token(token)
    reads.require_living(link, visiting=False)
    if link.password:
        _require_password(link, password, network)
    key = new_token()
    with unit_of_work() as emit:
        link = locked_share(link.id)
        reads.require_living(link, visiting=False)  # again, one after the other: the number of uses holds
        ShareLink.objects.filter(id=link.id).update(uses=F("uses") + 1, version=F("version") + 1, updated_at=now())
        link = locked_share(link.id)
        visit = ShareVisit.objects.create(
            link=link, key_hash=token_hash(key), network=address, expires_at=min(now() + VISIT, link.expires_at)
        )
        ShareUse.objects.create(link=link, visit=visit, what=ShareUse.What.OPENED, network=address)
        emit.changed(SHARE, scope=link.scope_id, data=share_out(link))
    return link, visit, key


def note_use(
    *, opened: reads.Opened, what: str, node: Node | None = None, depositor: str = "", resumes: bool = False
) -> None:
    """For the list of uses. The same download in pieces is one: what goes on (`resumes`) in the same visit, and what
    begins again at once."""
    same = ShareUse.objects.filter(visit=opened.visit, what=what, node=node)
    if not resumes:
        same = same.filter(at__gt=now() - SAME_DOWNLOAD)
    if what != ShareUse.What.DEPOSITED and same.exists():
        return
    ShareUse.objects.create(
        link=opened.link,
        visit=opened.visit,
        what=what,
        node=node,
        name="" if node is None else node.name,
        depositor=depositor,
        network=opened.visit.network,
    )


def start_deposit(*, opened: reads.Opened, id: UUID, name: str, length: int, depositor: str) -> Upload:
    """Room for what an outsider brings. A name that is taken is numbered: nobody learns what lies there."""
    link = opened.link
    existing = Upload.objects.filter(id=id).first()
    if existing is not None:
        if existing.share_id != link.id or existing.length != length:
            raise Conflict("identifier_in_use")
        return existing
    if not depositor:
        raise Invalid("depositor_missing", errors={"depositor": "depositor_missing"})
    if Upload.objects.filter(share=link, done_at=None, expires_at__gt=now()).count() >= MAX_UNFINISHED:
        raise TooMany("too_many_uploads", retry_after=60)
    try:
        with transaction.atomic():
            upload = uploads.start_upload(
                actor=link.created_by,
                id=id,
                workspace_id=link.workspace_id,
                parent_id=link.node_id,
                name=name,
                length=length,
                conflict="keep_both",
            )
            upload.share, upload.depositor = link, depositor
            upload.save(update_fields=["share", "depositor"])
    except TooLarge as error:
        raise _without_figures(error) from None
    return upload


def finish_deposit(*, opened: reads.Opened, upload_id: UUID) -> Node:
    """The last byte has come: a document by the same way as everybody's, with the name of who brought it."""
    uploads.arrived(actor=opened.link.created_by, upload_id=upload_id)
    with unit_of_work():
        before = Upload.objects.select_for_update().get(id=upload_id)
        node = uploads.finish_upload(actor=opened.link.created_by, upload_id=upload_id)
        assert node is not None
        if before.done_at is None:
            note_use(opened=opened, what=ShareUse.What.DEPOSITED, node=node, depositor=before.depositor)
            share = str(opened.link.id)
            record_activity(actor=None, node=node, verb=Verb.DEPOSITED, depositor=before.depositor, share=share)
            journal.note(None, "document.deposited", node, share=share)
    return node


def _without_figures(error: TooLarge) -> TooLarge:
    """An outsider hears that it does not fit, not how full the workspace is."""
    return TooLarge("share_full") if error.code == "quota_exceeded" else error


def _require_password(link: ShareLink, password: str | None, network: str) -> None:
    """Tries are counted before they are compared, so that parallel ones meet the limit too (R-25)."""
    counters = [throttle.on_account("share", str(link.id)), throttle.on_network("share", network)]
    throttle.check(counters)
    if not password:
        raise Forbidden("share_password_needed", errors={"password": "share_password_needed"})
    with hashers.hashing_slot():
        throttle.check(counters)
        throttle.count(counters)
        right, _ = hashers.matches(nfc(password), link.password)
    if not right:
        raise Forbidden("share_password_wrong", errors={"password": "share_password_wrong"})
    for counter in counters:
        throttle.forgive(counter)
