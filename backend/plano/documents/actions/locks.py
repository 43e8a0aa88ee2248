"""Locks: taken in a browser or by a program, refused to everybody else everywhere, broken by a manager with a trace."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db.models import F

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions import journal
from plano.documents.actions.activity import record_activity
from plano.documents.actions.tree import lock_tree, locked
from plano.documents.live import NODE
from plano.documents.models import Lock, LockVia, Node, Verb
from plano.documents.queries import locks as lock_queries
from plano.documents.queries.locks import Held
from plano.kernel.clock import now
from plano.kernel.errors import DomainError, Forbidden, NotFound
from plano.kernel.text import clean_line
from plano.notifications.actions import notify
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Workspace

MAX_FRAMES = 80
MAX_LOCKS = 500

_shown: ContextVar[frozenset[str] | None] = ContextVar("plano_lock_tokens", default=None)
"""The tokens that a program presents; None for a browser, whose session is proof enough of its own locks."""


class Locked(DomainError):
    """Somebody else works on it, or the same person in another program."""

    status: ClassVar[int] = 423
    default_code: ClassVar[str] = "locked"


@contextmanager
def presenting(tokens: Iterable[str]) -> Iterator[None]:
    """Everything done inside is done by a program that presents these tokens."""
    mark = _shown.set(frozenset(tokens))
    try:
        yield
    finally:
        _shown.reset(mark)


# --- What the other verbs ask ---------------------------------------------------------------------------------


def require_unlocked(actor: User, node: Node, *, inside: bool = False, place: bool = False) -> None:
    """Before a node changes: its own lock and those that reach down to it; `inside`: those of all that hangs on it too.

    `place`: also what protects the list of its folder, because it comes, goes or changes its name there.
    """
    found = lock_queries.held(workspace_id=node.workspace_id)
    if not found:
        return
    above = lock_queries.above(node.id)
    stops = [lock for lock in found if lock.node_id == node.id or (lock.deep and lock.node_id in above)]
    if place and node.parent_id is not None:
        stops += [lock for lock in found if lock.node_id == node.parent_id and not lock.deep]
    if inside:
        stops += [lock for lock in found if lock.node_id != node.id and node.id in lock_queries.above(lock.node_id)]
    _refuse(actor, stops)


def require_place_unlocked(actor: User, workspace_id: UUID, parent_id: UUID | None) -> None:
    """Before something is put into a folder."""
    if parent_id is None:
        return
    found = lock_queries.held(workspace_id=workspace_id)
    if found:
        above = lock_queries.above(parent_id)
        _refuse(actor, [k for k in found if k.node_id == parent_id or (k.deep and k.node_id in above)])


def forget_locks(node_ids: Iterable[UUID]) -> None:
    """What goes to the bin is locked by nobody."""
    Lock.objects.filter(node_id__in=list(node_ids)).delete()


def unlock_moved(node: Node) -> None:
    """What has another address loses the locks that programs hold by the old one (RFC 4918, 7.6); browsers' stay."""
    found = list(Lock.objects.filter(node__workspace_id=node.workspace_id, via=LockVia.DAV))
    gone = [row.id for row in found if node.id in lock_queries.above(row.node_id)]
    if gone:
        Lock.objects.filter(id__in=gone).delete()


def _refuse(actor: User, stops: Iterable[Held]) -> None:
    tokens = _shown.get()
    stopping = list(stops)
    opened = {lock.node_id for lock in stopping if not lock.exclusive and _passes(actor, lock, tokens)}
    for lock in stopping:
        if not _passes(actor, lock, tokens) and lock.node_id not in opened:
            raise Locked(errors=_told(actor, lock))


def _passes(actor: User, lock: Held, tokens: frozenset[str] | None) -> bool:
    if lock.owner_id != actor.id:
        return False
    return tokens is None or lock.by_browser or lock.token in tokens


def _told(actor: User, lock: Held) -> dict[str, str]:
    """Who, since when and until when: only to those who see what is locked (R-06)."""
    if access.role_in(actor, lock.scope_id) is None:
        return {}
    return {
        "node_id": str(lock.node_id),
        "name": lock.node_name,
        "owner": lock.owner_name,
        "since": _text(lock.created_at),
        "until": _text(lock.expires_at),
        "reason": lock.reason,
    }


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


# --- In the browser -------------------------------------------------------------------------------------------


def lock_node(*, actor: User, node_id: UUID, reason: str, minutes: int) -> Node:
    """Keep a document or a folder, with all in it, for oneself. Again by the same person: reason and end change."""
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        _refuse_lock(actor, node, exclusive=True, deep=True)
        Lock.objects.filter(node=node, via=LockVia.WEB).delete()
        _take(actor, node, via=LockVia.WEB, reason=clean_line(reason), timeout=minutes * 60, deep=True)
        _tell(emit, node)
        record_activity(actor=actor, node=node, verb=Verb.LOCKED)
        journal.note(actor, "document.locked", node)
    return node


def unlock_node(*, actor: User, node_id: UUID) -> Node:
    """One's own locks; a manager ends those of others, which is written down, and the owners are told (R-54)."""
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        role = policies.require_node(actor, node, Role.MEMBER)
        rows = list(Lock.objects.select_related("owner").filter(node=node))
        mine = [row for row in rows if row.owner_id == actor.id]
        ended = mine or rows
        if not mine and rows and role < Role.MANAGER:
            raise Forbidden("lock_of_another")
        for row in ended:
            if row.owner_id != actor.id:
                journal.note(actor, "document.lock_broken", node, owner=str(row.owner_id), via=row.via)
                _tell_owner(emit, actor, row.owner, node)
        Lock.objects.filter(id__in=[row.id for row in ended]).delete()
        if ended:
            record_activity(actor=actor, node=node, verb=Verb.UNLOCKED)
            _tell(emit, node)
    return node


# --- By a program ---------------------------------------------------------------------------------------------


def take_lock(*, actor: User, node_id: UUID, exclusive: bool, deep: bool, claimed_by: str, timeout: int) -> Held:
    """A lock with a token (RFC 4918). Refused beside any other, except shared beside shared and one's own browser's."""
    workspace_id = queries.node_for(actor, node_id, Role.MEMBER).workspace_id
    with unit_of_work() as emit:
        lock_tree(workspace_id, shape=True)
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        _refuse_lock(actor, node, exclusive=exclusive, deep=deep)
        row = _take(
            actor, node, via=LockVia.DAV, timeout=timeout, exclusive=exclusive, deep=deep, claimed_by=claimed_by
        )
        _tell(emit, node)
    return next(lock for lock in lock_queries.held(nodes=[node.id]) if lock.id == row.id)


def refresh_lock(*, actor: User, token: str, timeout: int) -> None:
    """Begin its time again."""
    changed = Lock.objects.filter(owner=actor, token=token, via=LockVia.DAV, expires_at__gt=now()).update(
        timeout=timeout, expires_at=now() + timedelta(seconds=timeout)
    )
    if not changed:
        raise NotFound


def release_lock(*, actor: User, token: str) -> None:
    """By its owner and its token."""
    row = Lock.objects.filter(owner=actor, token=token, via=LockVia.DAV).first()
    if row is None:
        raise NotFound
    with unit_of_work() as emit:
        node = locked(row.node_id)
        row.delete()
        if node.deleted_at is None:
            _tell(emit, node)


# --- Ends by themselves ---------------------------------------------------------------------------------------


def end_locks() -> int:
    """Rows whose time or whose owner's right is over: they held nothing any more; now lists say so too."""
    rows = lock_queries.over(MAX_LOCKS)
    for at in range(0, len(rows), MAX_FRAMES):
        batch = rows[at : at + MAX_FRAMES]
        with unit_of_work() as emit:
            Lock.objects.filter(id__in=[id for id, _ in batch]).delete()
            for node_id in sorted({node_id for _, node_id in batch}):
                node = locked(node_id)
                if node.deleted_at is None:
                    _tell(emit, node)
    return len(rows)


def leave_workspace(person: User, workspace: Workspace, emit: Emit) -> None:
    """Whoever leaves a workspace keeps nothing locked there (R-07)."""
    rows = list(Lock.objects.filter(owner=person, node__workspace=workspace).order_by("node_id")[:20])
    for node in (locked(id) for id in sorted({row.node_id for row in rows})):
        Lock.objects.filter(owner=person, node=node).delete()
        if node.deleted_at is None:
            _tell(emit, node)


# --- Inside a unit of work ------------------------------------------------------------------------------------


def _refuse_lock(actor: User, node: Node, *, exclusive: bool, deep: bool) -> None:
    """What stands in the way of a new lock: a program's own other lock too, a browser's own not."""
    found = [
        lock
        for lock in lock_queries.held(workspace_id=node.workspace_id)
        if (exclusive or lock.exclusive)
        and not (lock.owner_id == actor.id and (lock.by_browser or _shown.get() is None))
    ]
    if not found:
        return
    above = lock_queries.above(node.id)
    for lock in found:
        if (
            lock.node_id == node.id
            or (lock.deep and lock.node_id in above)
            or (deep and node.id in lock_queries.above(lock.node_id))
        ):
            raise Locked(errors=_told(actor, lock))


def _take(
    actor: User,
    node: Node,
    *,
    via: LockVia,
    timeout: int,
    reason: str = "",
    exclusive: bool = True,
    deep: bool = True,
    claimed_by: str = "",
) -> Lock:
    return Lock.objects.create(
        node=node,
        owner=actor,
        via=via,
        reason=reason,
        token=f"opaquelocktoken:{secrets.token_hex(16)}",
        exclusive=exclusive,
        deep=deep and node.kind == "folder",
        claimed_by=claimed_by,
        timeout=timeout,
        expires_at=now() + timedelta(seconds=timeout),
    )


def _tell(emit: Emit, node: Node) -> None:
    """The node as all see it now. Its version goes up, or screens would keep what they have."""
    Node.objects.filter(id=node.id).update(version=F("version") + 1)
    node.refresh_from_db(fields=["version"])
    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))


def _tell_owner(emit: Emit, actor: User, owner: User, node: Node) -> None:
    notify(
        emit=emit,
        recipients=[owner],
        kind="lock_broken",
        actor=actor,
        workspace_id=node.workspace_id,
        scope_id=node.scope_id,
        title=node.name,
        link_kind="documents.node",
        link_id=node.id,
        parent_id=node.parent_id,
    )
