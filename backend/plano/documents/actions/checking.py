"""What the antivirus says of contents (R-75, documents-15): asked by a job after COMMIT, told to everybody.

A verdict is of bytes: it holds for every version that shares them, restored and copied ones included. While the
scanner does not answer, contents wait (`PLANO_CLAMD_DOWN=hold`) or go unchecked (`release`), and say which.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions import journal, previews, texts
from plano.documents.actions.tree import locked
from plano.documents.live import NODE
from plano.documents.models import Kind, Node, State, Version
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid
from plano.notifications.actions import notify
from plano.notifications.models import NotificationKind
from plano.platform import blobs
from plano.platform.live import unit_of_work
from plano.platform.scanner import Finding, Scanner, Unreachable, scanner
from plano.workspaces.models import Role

TASK = "documents.check"
QUEUE = "default"
PIECE = 1 << 19
PATIENCE = timedelta(minutes=1)
TOO_LARGE, NOT_ANSWERING = "too_large", "not_answering"
log = logging.getLogger("plano.documents")


def first_state(content: object) -> State:
    """The state in which a content begins: what is known of its bytes, else waiting, else honestly unchecked."""
    known = getattr(content, "state", State.UNSCANNED)
    if known in (State.CLEAN, State.INFECTED, State.CHECKING):
        return State(known)
    return State.UNSCANNED if scanner() is None else State.CHECKING


def ask_later(blob: str) -> None:
    """Inside the unit of work that made a version: the job comes with its COMMIT, or not at all."""
    app.configure_task(TASK, queue=QUEUE).defer(blob=blob)


def check(blob: str) -> State | None:
    """Have these bytes looked at, and tell. None: the scanner does not answer and they wait. Again: nothing happens."""
    if not Version.objects.filter(blob=blob, state=State.CHECKING).exists():
        return None
    engine = scanner()
    if engine is None:  # it was taken out of the configuration meanwhile
        return _settle(blob, State.UNSCANNED, "")
    try:
        outcome = engine.scan(blobs.pieces(blob, PIECE))
    except Unreachable as error:
        log.warning("antivirus: %s", error)
        return _settle(blob, State.UNSCANNED, NOT_ANSWERING) if _releases() else None
    except blobs.Missing:
        log.exception("antivirus: %s is absent", blob)
        return None
    if outcome.finding == Finding.INFECTED:
        return _settle(blob, State.INFECTED, outcome.signature)
    if outcome.finding == Finding.TOO_LARGE:
        return _settle(blob, State.UNSCANNED, TOO_LARGE)
    return _settle(blob, State.CLEAN, "")


def check_waiting(*, patience: timedelta = PATIENCE, limit: int = 1000) -> int:
    """What has waited too long: the scanner was down, or a job was lost. Stops at the first sign that it still is."""
    waiting = Version.objects.filter(state=State.CHECKING, created_at__lte=now() - patience)
    found = list(waiting.order_by("created_at").values_list("blob", flat=True)[:limit])
    if not found or not (_answers(scanner()) or _releases()):
        return 0
    done = 0
    for blob in dict.fromkeys(found):
        if check(blob) is None:
            break
        done += 1
    return done


def recheck(*, actor: User, node_id: UUID) -> Node:
    """Look again at the present content, at a manager's word (C14). Until the answer others wait."""
    node = queries.node_for(actor, node_id, Role.MANAGER)
    if node.kind != Kind.DOCUMENT:
        raise Invalid("only_documents")
    if scanner() is None:
        raise Conflict("no_antivirus")
    with unit_of_work() as emit:
        node = locked(node_id)
        policies.require_node(actor, node, Role.MANAGER)
        if node.content_version == 0:
            raise Conflict("no_content")
        if node.state != State.CHECKING:
            Version.objects.filter(node=node, blob=node.blob).update(state=State.CHECKING, verdict="", checked_at=None)
            node.state = State.CHECKING
            node.touch()
            node.save(update_fields=["state", "version", "updated_at"])
            emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
        ask_later(node.blob)
    return node


def _settle(blob: str, state: State, verdict: str) -> State:
    """The same verdict for every version of these bytes; each document in a unit of work of its own."""
    of_blob = Version.objects.filter(blob=blob)
    waiting = of_blob.filter(state=State.CHECKING)
    # malware is malware in every copy, also in one that passed with yesterday's signatures
    concerned = of_blob.exclude(state=State.INFECTED) if state == State.INFECTED else waiting
    for node_id in set(concerned.values_list("node_id", flat=True)):
        with unit_of_work() as emit:
            node = locked(node_id)
            versions = list(concerned.filter(node_id=node_id).select_related("author").select_for_update(of=("self",)))
            if not versions:
                continue
            Version.objects.filter(id__in=[version.id for version in versions]).update(
                state=state, verdict=verdict, checked_at=now()
            )
            if state == State.INFECTED:
                previews.forget([version.id for version in versions])
                texts.forget(node_id)
            else:
                for version in versions:
                    previews.prepare(version)
                    texts.prepare(version)
            if node.blob == blob:
                node.state, node.thumbnail = state, node.thumbnail and state != State.INFECTED
                node.touch()
                node.save(update_fields=["state", "thumbnail", "version", "updated_at"])
                if node.deleted_at is None:
                    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
            if state == State.INFECTED:
                notify(
                    emit=emit,
                    recipients=[version.author for version in versions],
                    kind=NotificationKind.INFECTED,
                    actor=None,
                    workspace_id=node.workspace_id,
                    scope_id=node.scope_id,
                    title=node.name,
                    link_kind="documents.node",
                    link_id=node.id,
                )
                journal.note(None, "document.infected", node, signature=verdict)
    return state


def _answers(engine: Scanner | None) -> bool:
    if engine is None:
        return True
    try:
        engine.version()
    except Unreachable:
        return False
    return True


def _releases() -> bool:
    return bool(settings.PLANO.clamd_down == "release")
