"""Telling those who follow, a few seconds after: each in one line that counts, and never of what they may not see."""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from plano.accounts.models import User
from plano.documents.models import Activity, Follow, Node, ShareLink, Verb
from plano.notifications.actions import tally
from plano.notifications.models import NotificationKind
from plano.platform.database import rows
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access
from plano.workspaces.models import AccessScope, Room

TASK = "documents.tell_followers"
QUEUE = "default"
DELAY = 3
"""Seconds of silence before anybody is told: what comes together is told together."""
LIMIT = 2000
BATCH = 80
log = logging.getLogger("plano.documents")

_CLAIM = """
UPDATE documents_activity SET waiting = false
WHERE id IN (
    SELECT id FROM documents_activity WHERE waiting ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
RETURNING id
"""

_woken = {"at": 0.0}


def wake() -> None:
    """After COMMIT: the job, once while it waits. A process that asked two seconds ago need not ask again.

    A wake that is lost is made good by the minute's job.
    """
    if time.monotonic() - _woken["at"] < DELAY - 1:
        return
    _woken["at"] = time.monotonic()
    job = app.configure_task(TASK, queue=QUEUE, queueing_lock=TASK, lock=TASK, schedule_in={"seconds": DELAY})
    try:
        job.defer()
    except AlreadyEnqueued:
        return


@dataclass
class Told:
    """What one person is told of one followed thing, or of one link."""

    kind: NotificationKind
    person: User
    node: Node
    link_kind: str
    link_id: UUID
    title: str
    things: set[tuple[UUID, str]] = field(default_factory=set)
    actors: dict[UUID | None, User | None] = field(default_factory=dict)


def tell_followers() -> int:
    """All that waits, as one line for each person and followed thing. Returns how many lines of the log that were.

    The lines are marked in the same transaction as the first people are told: nobody is told twice.
    """
    with unit_of_work() as emit:
        ids = [row[0] for row in rows(_CLAIM, {"limit": LIMIT})]
        told = _gathered(ids) if ids else []
        for one in told[:BATCH]:
            _tell(emit, one)
    for start in range(BATCH, len(told), BATCH):
        with unit_of_work() as emit:
            for one in told[start : start + BATCH]:
                _tell(emit, one)
    return len(ids)


def _tell(emit: Emit, told: Told) -> None:
    [actor] = told.actors.values() if len(told.actors) == 1 else [None]
    tally(
        emit=emit,
        person=told.person,
        kind=told.kind,
        actor=actor,
        count=len(told.things),
        title=told.title,
        link_kind=told.link_kind,
        link_id=told.link_id,
        workspace_id=told.node.workspace_id,
        scope_id=told.node.scope_id,
        parent_id=told.node.parent_id if told.link_kind != "documents.share" else told.node.id,
    )


def _gathered(ids: list[UUID]) -> list[Told]:
    lines = list(Activity.objects.select_related("actor", "node", "workspace").filter(id__in=ids).order_by("id"))
    lines = [line for line in lines if Room.DOCUMENTS in line.workspace.rooms and line.workspace.archived_at is None]
    follows = _follows({id for line in lines for id in line.path})
    seen = _Seers()
    found: dict[tuple[str, UUID, UUID], Told] = {}
    for line in lines:
        skip = {line.actor_id, *(UUID(id) for id in line.data.get("told", ()))}
        told = _creator(line, seen) + _below(line) + _on_the_way(line, follows)
        for one in told:
            if one.person.id in skip or not one.person.is_active or not seen.line(one.person, line, one.node):
                continue
            skip.add(one.person.id)
            kept = found.setdefault((one.kind, one.person.id, one.link_id), one)
            kept.things.add((line.node_id, line.verb))
            kept.actors[line.actor_id] = line.actor
    return list(found.values())


def _follows(ids: Iterable[UUID]) -> dict[UUID, list[Follow]]:
    by_node: dict[UUID, list[Follow]] = defaultdict(list)
    for follow in Follow.objects.select_related("user", "node").filter(node_id__in=list(ids)):
        by_node[follow.node_id].append(follow)
    return by_node


def _creator(line: Activity, seen: "_Seers") -> list[Told]:
    """A deposit: whoever made the link is told, in one line for each link."""
    if line.verb != Verb.DEPOSITED:
        return []
    link = ShareLink.objects.select_related("created_by", "node").filter(id=line.data.get("share")).first()
    if link is None:
        return []
    title = link.label or link.node.name
    return [Told(NotificationKind.DEPOSITED, link.created_by, link.node, "documents.share", link.id, title)]


def _below(line: Activity) -> list[Told]:
    """A deletion: whoever follows what went, the thing itself or something inside."""
    if line.verb != Verb.DELETED:
        return []
    follows = Follow.objects.select_related("user", "node").filter(
        node__workspace_id=line.workspace_id, node__deleted_root=line.node_id, created_at__lte=line.created_at
    )
    return [
        Told(NotificationKind.FOLLOWED_DELETED, one.user, one.node, "documents.bin", one.node_id, one.node.name)
        for one in follows
    ]


def _on_the_way(line: Activity, follows: dict[UUID, list[Follow]]) -> list[Told]:
    """Whoever follows the thing or a folder above it; the nearest counts."""
    found = []
    for id in reversed(line.path):
        for one in follows.get(id, ()):
            if one.created_at > line.created_at or one.node.deleted_at is not None:
                continue
            kind = "documents.folder" if one.node.kind == "folder" else "documents.node"
            found.append(Told(NotificationKind.FOLLOWED, one.user, one.node, kind, one.node_id, one.node.name))
    return found


class _Seers:
    """Who sees a scope at this moment, asked once for each scope."""

    def __init__(self) -> None:
        self._known: dict[UUID, set[UUID] | None] = {}

    def line(self, person: User, line: Activity, followed: Node) -> bool:
        """Whether this person may know of the line, and of the thing by which they follow it (R-06)."""
        then = self._of(line.scope_id)
        return (
            person.id in (self._of(line.node.scope_id) or ())
            and person.id in (self._of(followed.scope_id) or ())
            and (then is None or person.id in then)
        )

    def _of(self, scope_id: UUID) -> set[UUID] | None:
        """None: there is no such scope any more; its people are those of the scope above."""
        if scope_id not in self._known:
            there = AccessScope.objects.filter(id=scope_id).exists()
            viewers = access.viewers_of_scope(scope_id).values_list("id", flat=True)
            self._known[scope_id] = set(viewers) if there else None
        return self._known[scope_id]
