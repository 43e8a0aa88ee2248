"""Reads of rules for documents that nobody changes: the rule of a folder, and which documents it concerns (C17)."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from plano.accounts.models import User
from plano.documents import statements
from plano.documents.models import Kind, Node, Retention, RetentionAct
from plano.documents.queries import locks
from plano.documents.queries.nodes import node_for, people_of, ways_to
from plano.documents.schemas.retention import ActName, Concerned, DryRun, RetentionForMe, RetentionOut
from plano.kernel.clock import now
from plano.kernel.errors import Invalid
from plano.workspaces import policies as access
from plano.workspaces.models import Role, Room

SHOWN = 100
MANY = 5000
WITH = ("folder", "folder__workspace", "folder__scope", "archive", "set_by")

# Documents below a folder that nobody changed since an instant. A folder with a rule of its own, the archive, and what
# the person may not write to are left out; so is what people are still asked about.
_CONCERNED = """
WITH RECURSIVE down AS (
    SELECT id FROM documents_node WHERE id = %(folder)s
    UNION ALL
    SELECT n.id FROM documents_node n JOIN down ON n.parent_id = down.id
    WHERE n.kind = 'folder' AND n.deleted_at IS NULL AND n.id IS DISTINCT FROM %(archive)s::uuid
      AND NOT EXISTS (SELECT FROM documents_retention r WHERE r.folder_id = n.id)
)
SELECT d.id, d.modified_at, d.size FROM documents_node d JOIN down ON d.parent_id = down.id
WHERE d.kind = 'document' AND d.deleted_at IS NULL AND d.modified_at < %(before)s AND d.scope_id = ANY(%(scopes)s)
  AND NOT EXISTS (SELECT FROM documents_approval a WHERE a.node_id = d.id AND a.state = 'open')
ORDER BY d.modified_at, d.id LIMIT %(limit)s
"""


class Old(NamedTuple):
    """A document that nobody changed for long."""

    id: UUID
    modified_at: datetime
    size: int


def retention_for(actor: User, node_id: UUID) -> RetentionForMe:
    """The rule that holds in a folder that the actor sees."""
    node = node_for(actor, node_id)
    role = access.role_in(actor, node.scope_id)
    above = [row[0] for row in reversed(statements.many(statements.ANCESTORS, id=node.id))]
    rules = {rule.folder_id: rule for rule in Retention.objects.select_related(*WITH).filter(folder_id__in=above)}
    rule = next((rules[id] for id in above if id in rules), None)
    return RetentionForMe(
        rule=None if rule is None else retention_out(rule, actor),
        own=rule is not None and rule.folder_id == node.id,
        may_set=role == Role.MANAGER and node.kind == Kind.FOLDER,
    )


def retention_out(rule: Retention, actor: User | None = None) -> RetentionOut:
    """The shared form of a rule; a reader below who does not see its folder is not told the name (R-06)."""
    hidden = actor is not None and access.role_in(actor, rule.folder.scope_id) is None
    act: ActName = "archive" if rule.act == RetentionAct.ARCHIVE else "bin"
    return RetentionOut(
        id=rule.id,
        folder_id=rule.folder_id,
        folder_name="" if hidden else rule.folder.name,
        days=rule.days,
        act=act,
        archive_id=rule.archive_id,
        archive_name=None if rule.archive is None or hidden else rule.archive.name,
        set_by=people_of(rule.folder.workspace_id, [rule.set_by])[rule.set_by_id],
        sleeps=sleeps(rule),
        version=rule.version,
    )


def sleeps(rule: Retention) -> bool:
    """Whether the rule cannot act: nobody with the right stands behind it, or its archive is gone."""
    if access.role_in(rule.set_by, rule.folder.scope_id) != Role.MANAGER or rule.folder.deleted_at is not None:
        return True
    if Room.DOCUMENTS not in rule.folder.workspace.rooms:
        return True
    if rule.act != RetentionAct.ARCHIVE:
        return False
    return not is_archive(rule.folder, rule.archive)


def is_archive(folder: Node, archive: Node | None) -> bool:
    """A living folder beside, with the same people: what is filed there is seen by nobody else."""
    return (
        archive is not None
        and archive.kind == Kind.FOLDER
        and archive.deleted_at is None
        and archive.scope_id == folder.scope_id
        and archive.workspace_id == folder.workspace_id
        and archive.id not in locks.above(folder.id)
    )


def concerned(
    person: User, folder: Node, *, act: str, archive_id: UUID | None, before: datetime, limit: int = MANY
) -> list[Old]:
    """The documents that a rule is about, as far as this person may file them; the oldest first."""
    roles = access.roles_by_scope(person, folder.workspace_id)
    scopes = [id for id, role in roles.items() if role >= Role.MEMBER]
    if act == RetentionAct.ARCHIVE:
        scopes = [id for id in scopes if id == folder.scope_id]  # never to other people than before
    asked = {"folder": folder.id, "archive": archive_id, "before": before, "scopes": scopes, "limit": limit}
    return [Old(*row) for row in statements.many(_CONCERNED, **asked)]


def dry_run(actor: User, node_id: UUID, *, days: int, act: str, archive_id: UUID | None) -> DryRun:
    """What a rule would do today, before it is set."""
    folder = require_folder(actor, node_id)
    archive = require_archive(folder, act, archive_id)
    before = now() - timedelta(days=days)
    found = concerned(actor, folder, act=act, archive_id=None if archive is None else archive.id, before=before)
    listed = [old.id for old in found[:SHOWN]]
    named = dict(Node.objects.filter(id__in=listed).values_list("id", "name"))
    ways = ways_to(listed, access.roles_by_scope(actor, folder.workspace_id))
    return DryRun(
        count=len(found),
        bytes=sum(old.size for old in found),
        items=[
            Concerned(
                id=old.id,
                name=named[old.id],
                path=ways[old.id],
                modified_at=old.modified_at,
                size=old.size,
            )
            for old in found[:SHOWN]
            if old.id in named
        ],
    )


def require_folder(actor: User, node_id: UUID) -> Node:
    """A folder that the actor manages."""
    node = node_for(actor, node_id, Role.MANAGER)
    if node.kind != Kind.FOLDER:
        raise Invalid("only_folders")
    return node


def require_archive(folder: Node, act: str, archive_id: UUID | None) -> Node | None:
    """The folder that a rule files into; None for the bin."""
    if act != RetentionAct.ARCHIVE:
        return None
    archive = None if archive_id is None else Node.objects.filter(id=archive_id).first()
    if not is_archive(folder, archive):
        raise Invalid("no_such_archive", errors={"archive_id": "no_such_archive"})
    return archive
