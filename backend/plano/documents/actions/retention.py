"""Rules for documents that nobody changes: set, dropped, and carried out at night (C17).

Nothing is done to a document that was not announced seven days before, nor to one that changed since, is locked, or
that people are still asked about. What a rule does is what its author could do by hand, and is undone the same way.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.documents.actions import journal
from plano.documents.actions.bin import delete_node
from plano.documents.actions.nodes import update_node
from plano.documents.actions.tree import locked
from plano.documents.live import RETENTION
from plano.documents.models import Follow, Node, Retention, RetentionAct, RetentionNotice
from plano.documents.queries import retention as reads
from plano.documents.queries.retention import Old
from plano.kernel.clock import now
from plano.kernel.errors import DomainError, PreconditionFailed
from plano.kernel.schemas import Removed
from plano.notifications.actions import notify
from plano.platform.live import unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import Role

NOTICE = timedelta(days=7)
PER_NIGHT = 500
"""Documents that one rule files in one night; the others wait for the next."""


def set_retention(
    *, actor: User, node_id: UUID, days: int, act: RetentionAct, archive_id: UUID | None, expected: int | None = None
) -> Retention:
    """The rule of a folder, by who manages it. Changed, all is announced anew."""
    folder = reads.require_folder(actor, node_id)
    archive = reads.require_archive(folder, act, archive_id)
    with unit_of_work() as emit:
        locked(folder.id)
        folder = reads.require_folder(actor, node_id)
        rule = Retention.objects.select_for_update().filter(folder=folder).first()
        if rule is not None and expected is not None and expected != rule.version:
            raise PreconditionFailed
        if rule is None:
            rule = Retention(folder=folder)
        elif (rule.days, rule.act, rule.archive_id) == (days, act, None if archive is None else archive.id):
            return _found(rule.id)
        else:
            rule.touch()
            RetentionNotice.objects.filter(rule=rule).delete()
        rule.days, rule.act, rule.archive, rule.set_by = days, act, archive, actor
        rule.save()
        rule = _found(rule.id)
        emit.changed(RETENTION, scope=folder.scope_id, data=reads.retention_out(rule))
        journal.note(actor, "document.retention_set", folder, days=days, act=act)
    return rule


def drop_retention(*, actor: User, node_id: UUID) -> None:
    """No rule any more. What was announced is void. There is none: nothing happens."""
    folder = reads.require_folder(actor, node_id)
    with unit_of_work() as emit:
        rule = Retention.objects.select_for_update().filter(folder=folder).first()
        if rule is None:
            return
        emit.removed(RETENTION, scope=folder.scope_id, data=Removed(id=rule.id, parent_id=folder.id))
        rule.delete()
        journal.note(actor, "document.retention_dropped", folder)


def carry_out() -> int:
    """Announce what comes due within a week, file what was announced a week ago. A job of every night."""
    filed = 0
    for id in Retention.objects.filter(folder__deleted_at=None).order_by("id").values_list("id", flat=True):
        rule = _found(id)
        if reads.sleeps(rule):
            continue
        filed += _file(rule)
        _announce(rule)
    return filed


def _file(rule: Retention) -> int:
    """Each document in a unit of work of its own: one that cannot go keeps none of the others back."""
    due = {old.id: old for old in _concerned(rule, now() - timedelta(days=rule.days))}
    told = RetentionNotice.objects.filter(rule=rule, node_id__in=due, created_at__lte=now() - NOTICE)
    filed = 0
    for notice in told.order_by("id")[:PER_NIGHT]:
        if notice.modified_at != due[notice.node_id].modified_at:
            continue  # it changed, and got old again since: announced anew
        try:
            _put_away(rule, notice.node_id)
        except DomainError:  # locked, or gone meanwhile: the next night looks again
            continue
        filed += 1
    return filed


def _put_away(rule: Retention, node_id: UUID) -> None:
    with unit_of_work():
        if rule.act == RetentionAct.ARCHIVE:
            update_node(actor=rule.set_by, node_id=node_id, move=True, parent_id=rule.archive_id, keep_both=True)
        else:
            delete_node(actor=rule.set_by, node_id=node_id)
        RetentionNotice.objects.filter(rule=rule, node_id=node_id).delete()
        node = Node.objects.get(id=node_id)
        journal.note(None, "document.filed_by_rule", node, rule=str(rule.id), folder=str(rule.folder_id), act=rule.act)


def _announce(rule: Retention) -> None:
    """One line a person, whatever the number of documents: managers, and who follows the folder or one of them."""
    coming = {old.id: old for old in _concerned(rule, now() - timedelta(days=rule.days) + NOTICE)}
    known = dict(RetentionNotice.objects.filter(rule=rule).values_list("node_id", "modified_at"))
    void = [id for id, at in known.items() if id not in coming or coming[id].modified_at != at]
    RetentionNotice.objects.filter(rule=rule, node_id__in=void).delete()
    new = [old for id, old in coming.items() if id not in known or id in void]
    if not new:
        return
    with unit_of_work() as emit:
        RetentionNotice.objects.bulk_create(
            [RetentionNotice(rule=rule, node_id=old.id, modified_at=old.modified_at) for old in new]
        )
        notify(
            emit=emit,
            recipients=_concerned_people(rule, [old.id for old in new]),
            kind="retention",
            actor=None,
            workspace_id=rule.folder.workspace_id,
            scope_id=rule.folder.scope_id,
            title=rule.folder.name,
            link_kind="documents.node",
            link_id=rule.folder_id,
        )


def _concerned(rule: Retention, before: datetime) -> list[Old]:
    return reads.concerned(rule.set_by, rule.folder, act=rule.act, archive_id=rule.archive_id, before=before)


def _concerned_people(rule: Retention, ids: Iterable[UUID]) -> list[User]:
    viewers = access.explain_scope(rule.folder.scope_id)
    follows = set(Follow.objects.filter(node_id__in=[*ids, rule.folder_id]).values_list("user_id", flat=True))
    return [seer.user for seer in viewers if seer.role == Role.MANAGER or seer.user.id in follows]


def _found(rule_id: UUID) -> Retention:
    return Retention.objects.select_related(*reads.WITH).get(id=rule_id)
