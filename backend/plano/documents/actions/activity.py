# ruff: noqa: S608 - every part of these statements is a constant of this file; values are parameters
"""Who did what when, for the people who see it: one line and one statement inside the unit of work that did it."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from plano.accounts.models import User
from plano.documents import statements
from plano.documents.actions import telling
from plano.documents.models import Activity, Node, Verb, Version
from plano.kernel.clock import now
from plano.kernel.ids import uuid7

TOLD = {
    Verb.CREATED,
    Verb.DEPOSITED,
    Verb.VERSION,
    Verb.MOVED,
    Verb.COPIED,
    Verb.DELETED,
    Verb.RESTORED,
    Verb.COMMENTED,
}
"""What followers are told of. Names, locks and rights are for those who look."""

_UP = """
    SELECT id, parent_id, 0 AS height FROM documents_node WHERE id = %({0})s::uuid
    UNION ALL
    SELECT p.id, p.parent_id, {1}.height + 1 FROM documents_node p JOIN {1} ON p.id = {1}.parent_id
    WHERE {1}.height < 200"""

# `waiting`: somebody else follows something on the way, or what a deletion took along. The first content of a
# document that is in the log already is no second birth.
_RECORD = f"""
WITH RECURSIVE up AS ({_UP.format("node", "up")}), before AS ({_UP.format("left", "before")}), way AS (
    SELECT coalesce((SELECT array_agg(id ORDER BY height DESC) FROM before), '{{}}'::uuid[]) || %(workspace)s::uuid
        || (SELECT array_agg(id ORDER BY height DESC) FROM up) AS path
)
INSERT INTO documents_activity (id, created_at, workspace_id, node_id, scope_id, actor_id, verb, path, data, waiting)
SELECT %(id)s::uuid, %(at)s::timestamptz, %(workspace)s::uuid, %(node)s::uuid, %(scope)s::uuid, %(actor)s::uuid,
    %(verb)s::text, path, %(data)s::jsonb,
    %(told)s AND (%(verb)s = 'deposited' OR EXISTS (
        SELECT FROM documents_follow f WHERE f.node_id = ANY(path) AND f.user_id IS DISTINCT FROM %(actor)s::uuid
    ) OR (%(verb)s = 'deleted' AND EXISTS (
        SELECT FROM documents_node d JOIN documents_follow f ON f.node_id = d.id
        WHERE d.workspace_id = %(workspace)s AND d.deleted_root = %(node)s
            AND f.user_id IS DISTINCT FROM %(actor)s::uuid
    )))
FROM way
WHERE NOT (%(first)s AND EXISTS (
    SELECT FROM documents_activity a WHERE a.node_id = %(node)s AND a.verb IN ('created', 'deposited', 'copied')
))
RETURNING waiting
"""


def record_activity(
    *,
    actor: User | None,
    node: Node,
    verb: Verb,
    left: UUID | None = None,
    told: Iterable[UUID] = (),
    **data: str | int | bool | None,
) -> None:
    """Inside the unit of work, after the change. `left`: the folder that it moved from; `told`: who hears of it anyway.

    One statement; those who follow are told by a job a few seconds after COMMIT, so that 2,000 uploads cost them one
    line. Words of content never go into `data`: only names of the thing itself, numbers and ids.
    """
    kept = {name: value for name, value in data.items() if value is not None}
    already = [str(id) for id in told]
    found = statements.one(
        _RECORD,
        id=uuid7(),
        at=now(),
        workspace=node.workspace_id,
        node=node.id,
        left=left,
        scope=node.scope_id,
        actor=None if actor is None else actor.id,
        verb=verb.value,
        data=json.dumps(kept | ({"told": already} if already else {})),
        told=verb in TOLD,
        first=verb == Verb.CREATED,
    )
    if found is not None and found[0]:
        transaction.on_commit(telling.wake, robust=True)


def record_move(*, actor: User, node: Node, left: UUID | None) -> None:
    """Inside a workspace. The folder that it left is an id only: its name is for those who see it."""
    if left is None:
        record_activity(actor=actor, node=node, verb=Verb.MOVED, from_top=True)
    else:
        record_activity(actor=actor, node=node, verb=Verb.MOVED, left=left, from_id=str(left))


def record_content(version: Version) -> None:
    """A content: the first is the document's birth, all others are versions."""
    actor, node, number = version.author, version.node, version.number
    if number == 1:
        record_activity(actor=actor, node=node, verb=Verb.CREATED)
    else:
        record_activity(actor=actor, node=node, verb=Verb.VERSION, number=number, restored_from=version.restored_from)


def forget_activity(at: datetime | None = None) -> int:
    """Lines older than `PLANO_ACTIVITY_DAYS` go. Called by a daily job."""
    limit = (at or now()) - timedelta(days=settings.PLANO.activity_days)
    return Activity.objects.filter(created_at__lt=limit).delete()[0]
