"""Requests to approve a version or to confirm reading it: ask, answer, change, cancel, remind (C16).

The answers are rows that nothing changes; where somebody stands follows from the latest. Who loses the right to see
the document is waited for no longer, and who asked is told.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions.activity import record_activity
from plano.documents.actions.tree import locked
from plano.documents.live import APPROVAL
from plano.documents.models import (
    Approval,
    ApprovalState,
    Asked,
    AskedState,
    Given,
    Kind,
    Node,
    Purpose,
    Reminded,
    Verb,
)
from plano.documents.queries import approvals as reads
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, PreconditionFailed
from plano.notifications.actions import mark_read, notify
from plano.notifications.models import Notification
from plano.platform import audit
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Room, Workspace

MAX_OPEN = 20
"""Open requests about one document."""
BEFORE = timedelta(days=3)
MORNING = 7
"""Nobody is reminded before this hour of their day."""
DEPARTURES = 5
"""Requests settled with a departure itself, which has frames of other rooms too."""
TOLD_LOST = 20
_CLOSED = {Purpose.APPROVE: ApprovalState.APPROVED, Purpose.READ: ApprovalState.COMPLETE}
_ANSWERS = {
    Purpose.APPROVE: {AskedState.APPROVED, AskedState.REFUSED},
    Purpose.READ: {AskedState.READ},
}


# --- Asking -----------------------------------------------------------------------------------------------------


def ask(
    *,
    actor: User,
    node_id: UUID,
    id: UUID,
    number: int,
    purpose: Purpose,
    people: list[UUID],
    due: date,
    in_order: bool = False,
    message: str = "",
) -> Approval:
    """Ask people who see the document about one of its versions. Sent again with the same id: the same request."""
    queries.node_for(actor, node_id, Role.MEMBER)
    with unit_of_work() as emit:
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        existing = Approval.objects.select_related(*reads.WITH).filter(id=id).first()
        if existing is not None:
            if (existing.asked_by_id, existing.node_id) != (actor.id, node.id):
                raise Conflict("identifier_in_use")
            return existing
        if node.kind != Kind.DOCUMENT:
            raise Invalid("not_a_document")
        version = reads.asked_version(node, number)
        policies.require_downloadable(actor, version)
        if in_order and purpose != Purpose.APPROVE:
            raise Invalid("reading_has_no_order", errors={"in_order": "reading_has_no_order"})
        _require_future(actor, due)
        if Approval.objects.filter(node=node, state=ApprovalState.OPEN).count() >= MAX_OPEN:
            raise Conflict("too_many_requests_open")
        named = _readers(actor, node, list(dict.fromkeys(people)))
        approval = _created(
            id=id,
            node=node,
            number=version.number,
            sha256=version.sha256,
            name=node.name,
            purpose=purpose,
            in_order=in_order,
            message=message,
            due=due,
            asked_by=actor,
        )
        first = [
            Asked.objects.create(
                approval=approval,
                user=person,
                position=place,
                state=AskedState.WAITING if in_order and place > 0 else AskedState.PENDING,
                reminded=_stage(person, due),
            )
            for place, person in enumerate(named)
        ]
        _tell(emit, approval)
        _invite(emit, approval, [row.user for row in first if row.state == AskedState.PENDING])
        told = [person.id for person in named]
        record_activity(actor=actor, node=node, verb=Verb.ASKED, what=purpose, number=version.number, told=told)
        _journal(actor, "document.approval_asked", approval, purpose=purpose, number=number, people=len(named))
    return approval


def _created(**values: Any) -> Approval:
    try:
        with transaction.atomic():
            return Approval.objects.create(**values)
    except IntegrityError:  # the same identifier for two documents at once
        raise Conflict("identifier_in_use") from None


def _require_future(actor: User, due: date) -> None:
    if due < reads.today_of(actor):
        raise Invalid("due_is_past", errors={"due": "due_is_past"})


def _readers(actor: User, node: Node, ids: list[UUID]) -> list[User]:
    """The people named, in order. Whoever does not see the document cannot be asked; names only of acquaintances."""
    seeing = {person.id: person for person in access.viewers_of_scope(node.scope_id).filter(id__in=ids)}
    blind = [id for id in ids if id not in seeing]
    if blind:
        known = access.acquaintances(actor).filter(id__in=blind).order_by("name").values_list("name", flat=True)
        code = "people_without_access" if known else "people_unknown"
        raise Invalid(code, errors={"people": code, "names": ", ".join(known)})
    return [seeing[id] for id in ids]


def change(
    *,
    actor: User,
    approval_id: UUID,
    due: date | None = None,
    message: str | None = None,
    expected: int | None = None,
) -> Approval:
    """Another day, other words, while it is open. With another day people are reminded anew."""
    with unit_of_work() as emit:
        approval = _locked(actor, reads.managed_for(actor, approval_id))
        _require_version(approval, expected)
        if approval.state != ApprovalState.OPEN:
            raise Conflict("request_closed")
        if due is not None and due != approval.due:
            _require_future(actor, due)
            approval.due = due
            for row in approval.asked.filter(state__in=reads.OPEN_STEPS).select_related("user"):
                Asked.objects.filter(id=row.id).update(reminded=_stage(row.user, due))
        if message is not None:
            approval.message = message
        _tell(emit, approval, touched=True)
        _journal(actor, "document.approval_changed", approval, due=approval.due.isoformat())
    return approval


def cancel(*, actor: User, approval_id: UUID, expected: int | None = None) -> Approval:
    """By who asked, or a manager, with a trace. The answers already given stay. Cancelled already: nothing happens."""
    with unit_of_work() as emit:
        approval = _locked(actor, reads.managed_for(actor, approval_id))
        if approval.state == ApprovalState.CANCELLED:
            return approval
        _require_version(approval, expected)
        if approval.state != ApprovalState.OPEN:
            raise Conflict("request_closed")
        waiting = [row.user for row in _rows(approval) if row.state == AskedState.PENDING]
        unread = _unread(approval, waiting)
        _close(approval, ApprovalState.CANCELLED)
        approval.cancelled_by = actor
        _tell(emit, approval, touched=True)
        _notify(emit, approval, "approval_cancelled", [*waiting, approval.asked_by], actor)
        _journal(actor, "document.approval_cancelled", approval)
    _clear(unread)
    return approval


def _require_version(approval: Approval, expected: int | None) -> None:
    if expected is not None and expected != approval.version:
        current = reads.approval_out(approval).model_dump(mode="json")
        raise PreconditionFailed(errors={"current": current})


# --- Answering --------------------------------------------------------------------------------------------------


def note_opened(*, actor: User, approval_id: UUID) -> None:
    """The actor opened that version: from now on they may confirm that they have read it. Others do not hear of it."""
    approval = reads.approval_for(actor, approval_id)
    Asked.objects.filter(approval=approval, user=actor, opened_at=None).update(opened_at=now())


def answer(*, actor: User, approval_id: UUID, answer: AskedState, comment: str, sha256: str) -> Approval:
    """One's own answer, about the bytes that were looked at. It can be given otherwise until the request is closed."""
    with unit_of_work() as emit:
        approval = _locked(actor, reads.approval_for(actor, approval_id))
        if approval.node.workspace.archived_at is not None:
            raise Forbidden("workspace_archived")
        row = Asked.objects.select_for_update().filter(approval=approval, user=actor).first()
        if row is None:
            raise Forbidden("not_asked")
        if approval.state == ApprovalState.OPEN and row.state == AskedState.LOST:
            _settle(emit, approval)  # the right came back since
            row.refresh_from_db()
        last = row.given.order_by("at", "id").last()
        if last is not None and (last.answer, last.comment) == (answer, comment):
            return approval
        _require_answer(approval, row, answer, comment, sha256)
        given = Given.objects.create(
            asked=row, answer=answer, comment=comment, number=approval.number, sha256=approval.sha256, at=now()
        )
        row.state = answer
        row.save(update_fields=["state"])
        waiting = [one.user for one in _rows(approval) if one.state == AskedState.PENDING]
        following = _advance(approval)
        _tell(emit, approval, touched=True)
        _invite(emit, approval, following)
        kind = "approval_completed" if approval.state in _CLOSED.values() else "approval_answered"
        _notify(emit, approval, kind, [approval.asked_by], actor, about=given.id)
        if approval.purpose == Purpose.APPROVE:  # who has read what is between them and whoever asked
            record_activity(actor=actor, node=approval.node, verb=Verb.ANSWERED, what=answer, number=approval.number)
        _journal(actor, "document.approval_answered", approval, answer=answer, number=approval.number)
        unread = _unread(approval, [actor] if approval.state == ApprovalState.OPEN else [actor, *waiting])
    _clear(unread)
    return approval


def _require_answer(approval: Approval, row: Asked, answer: AskedState, comment: str, sha256: str) -> None:
    if approval.state != ApprovalState.OPEN:
        raise Conflict("request_closed")
    if row.state == AskedState.WAITING:
        raise Conflict("not_your_turn")
    if answer not in _ANSWERS[Purpose(approval.purpose)]:
        raise Invalid("wrong_answer", errors={"answer": "wrong_answer"})
    if answer == AskedState.REFUSED and not comment:
        raise Invalid("reason_missing", errors={"comment": "reason_missing"})
    if sha256 != approval.sha256:
        raise Conflict("other_content")
    if answer == AskedState.READ and row.opened_at is None:
        raise Conflict("not_opened_yet")


# --- Rights that change -----------------------------------------------------------------------------------------


def settle(limit: int = reads.SETTLED) -> int:
    """Whoever lost the right to see a document is waited for no longer; who has it again, is. A job every minute."""
    ids = reads.changed_rights(limit)
    for id in ids:
        with unit_of_work() as emit:
            approval = _found(id)
            if approval is not None:
                _settle(emit, approval)
    return len(ids)


def leave_workspace(person: User, workspace: Workspace, emit: Emit) -> None:
    """Whoever leaves a workspace is not waited for there (hook of `workspaces.ports`); beyond a number the job sees."""
    theirs = Asked.objects.filter(
        user=person,
        state__in=reads.OPEN_STEPS,
        approval__state=ApprovalState.OPEN,
        approval__node__workspace=workspace,
        approval__node__deleted_at=None,
    )
    for id in theirs.order_by("approval_id").values_list("approval_id", flat=True)[:DEPARTURES]:
        approval = _found(id)
        if approval is not None:
            _settle(emit, approval)


def _settle(emit: Emit, approval: Approval) -> None:
    if approval.state != ApprovalState.OPEN or approval.node.deleted_at is not None:
        return
    seeing, rows = reads.who_sees(approval), _rows(approval)
    lost = [row for row in rows if row.state in reads.OPEN_STEPS and row.user_id not in seeing]
    back = [row for row in rows if row.state == AskedState.LOST and row.user_id in seeing]
    if not lost and not back:
        return
    Asked.objects.filter(id__in=[row.id for row in lost]).update(state=AskedState.LOST)
    Asked.objects.filter(id__in=[row.id for row in back]).update(state=AskedState.WAITING)
    following = _advance(approval)
    _tell(emit, approval, touched=True)
    _invite(emit, approval, following)
    for row in lost[:TOLD_LOST]:
        _notify(emit, approval, "approval_lost", [approval.asked_by], row.user, about=row.id)
    if approval.state in _CLOSED.values():
        _notify(emit, approval, "approval_completed", [approval.asked_by], None)


# --- Reminders --------------------------------------------------------------------------------------------------


def remind(limit: int = 2000) -> int:
    """Three days before, on the day, and when it is late: once each, in the morning of the person. Run every hour.

    Only those who see the document now, and whose turn it is.
    """
    soon = now().date() + BEFORE + timedelta(days=1)
    found = Asked.objects.filter(
        state=AskedState.PENDING,
        reminded__lt=Reminded.LATE,
        user__is_active=True,
        approval__state=ApprovalState.OPEN,
        approval__due__lte=soon,
        approval__node__deleted_at=None,
        approval__node__workspace__archived_at=None,
        approval__node__workspace__rooms__contains=[Room.DOCUMENTS],
    ).select_related("user", "approval__node", "approval__asked_by")
    told = 0
    for row in found.order_by("approval__due", "id")[:limit]:
        stage = _stage(row.user, row.approval.due)
        early = now().astimezone(ZoneInfo(row.user.time_zone)).hour < MORNING
        if stage <= row.reminded or early or access.role_in(row.user, row.approval.node.scope_id) is None:
            continue
        with unit_of_work() as emit:
            if Asked.objects.filter(id=row.id, state=AskedState.PENDING, reminded__lt=stage).update(reminded=stage):
                mark_read(actor=row.user, link_id=row.approval_id)  # one line about it, the latest
                _notify(emit, row.approval, "approval_reminder", [row.user], row.approval.asked_by)
                told += 1
    return told


def _stage(person: User, due: date) -> Reminded:
    """Which reminder the day calls for where this person is."""
    today = reads.today_of(person)
    if today > due:
        return Reminded.LATE
    if today == due:
        return Reminded.TODAY
    return Reminded.SOON if today >= due - BEFORE else Reminded.NOTHING


# --- Proofs -----------------------------------------------------------------------------------------------------


def note_export(*, actor: User, approval: Approval, form: str) -> None:
    """Somebody takes the answers away: the journal says who and in which form."""
    with transaction.atomic():
        _journal(actor, "document.approval_exported", approval, form=form)


# --- Inside a unit of work --------------------------------------------------------------------------------------


def _locked(actor: User, approval: Approval) -> Approval:
    """The rows of the document and of the request, for change; whether the actor sees it is asked again."""
    node = locked(approval.node_id)
    policies.require_node(actor, node, Role.READER)
    found = _found(approval.id)
    assert found is not None
    return found


def _found(approval_id: UUID) -> Approval | None:
    rows = Approval.objects.select_for_update(of=("self",)).select_related(*reads.WITH)
    return rows.filter(id=approval_id).first()


def _rows(approval: Approval) -> list[Asked]:
    return list(Asked.objects.filter(approval=approval).select_related("user").order_by("position"))


def _advance(approval: Approval) -> list[User]:
    """Whose turn it is now, and whether the request is over. Returns those whose turn has just come."""
    rows = _rows(approval)
    if any(row.state == AskedState.REFUSED for row in rows):
        _close(approval, ApprovalState.REFUSED)
        return []
    left = [row for row in rows if row.state in reads.OPEN_STEPS]
    if not left:
        answered = any(row.state in reads.ANSWERED for row in rows)
        _close(approval, _CLOSED[Purpose(approval.purpose)] if answered else ApprovalState.CANCELLED)
        return []
    turn = {row.id for row in (left[:1] if approval.in_order else left)}
    following = [row for row in left if row.id in turn and row.state == AskedState.WAITING]
    for row in following:
        Asked.objects.filter(id=row.id).update(state=AskedState.PENDING, reminded=_stage(row.user, approval.due))
    early = [row.id for row in left if row.id not in turn and row.state == AskedState.PENDING]
    Asked.objects.filter(id__in=early).update(state=AskedState.WAITING)
    return [row.user for row in following]


def _close(approval: Approval, state: ApprovalState) -> None:
    approval.state, approval.closed_at = state, now()


def _unread(approval: Approval, people: Iterable[User]) -> list[tuple[User, list[UUID]]]:
    """What asks these people for an answer and is unread."""
    found = Notification.objects.filter(link_id=approval.id, read_at=None)
    return [(person, list(found.filter(user=person).values_list("id", flat=True))) for person in people]


def _clear(unread: list[tuple[User, list[UUID]]]) -> None:
    """After COMMIT: whoever gave an answer, or need not give it any more, is not asked for it behind the bell."""
    for person, ids in unread:
        if ids:
            mark_read(actor=person, ids=ids)


def _tell(emit: Emit, approval: Approval, *, touched: bool = False) -> None:
    if touched:
        approval.touch()
        approval.save()
    emit.changed(APPROVAL, scope=approval.node.scope_id, data=reads.approval_out(approval))


def _invite(emit: Emit, approval: Approval, people: list[User]) -> None:
    _notify(emit, approval, "approval_asked", people, approval.asked_by)


def _notify(
    emit: Emit, approval: Approval, kind: str, people: list[User], actor: User | None, about: UUID | None = None
) -> None:
    seeing = access.viewers_of_scope(approval.node.scope_id).filter(id__in=[person.id for person in people])
    notify(
        emit=emit,
        recipients=list(seeing),  # who lost the right hears nothing, who asked included
        kind=kind,
        actor=actor,
        workspace_id=approval.node.workspace_id,
        scope_id=approval.node.scope_id,
        title=approval.node.name,
        link_kind="documents.approval",
        link_id=about or approval.id,
        parent_id=approval.node_id,
    )


def _journal(actor: User, action: str, approval: Approval, **details: str | int) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_kind="approval",
        object_id=approval.id,
        workspace_id=approval.node.workspace_id,
        details={"node": str(approval.node_id), **details},
    )
