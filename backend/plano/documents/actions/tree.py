"""What the verbs on the tree share: its lock, free names, batches of frames."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from plano.accounts.models import User
from plano.documents import names, queries, statements
from plano.documents.models import Node
from plano.kernel.errors import Conflict, Invalid
from plano.platform import database
from plano.workspaces import policies as access

MAX_DEPTH = 60
MAX_NUMBER = 1000


def lock_tree(workspace_id: UUID, *, shape: bool) -> None:
    """Hold the workspace's tree until COMMIT: to change its shape (alone), or to add to it (with others).

    Without it a document could be born into a folder that is being deleted, or two moves close a circle.
    """
    key = int.from_bytes(workspace_id.bytes[-8:], "big", signed=True)
    call = "pg_advisory_xact_lock" if shape else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(%s)", [key])


def lock_trees(*workspace_ids: UUID) -> None:
    """The same of several, each alone, in one order for all: two who go opposite ways do not wait for each other."""
    for workspace_id in sorted(set(workspace_ids)):
        lock_tree(workspace_id, shape=True)


def locked(node_id: UUID) -> Node:
    """The row of a node, for change. Its people come with it."""
    found = Node.objects.filter(id=node_id)
    return database.locked(found, "workspace", "scope", "created_by", "modified_by")


def living_parent(parent_id: UUID | None) -> Node | None:
    """The folder again, under the tree's lock: it may have gone to the bin since the policy looked."""
    parent = queries.parent_named(parent_id)
    if parent is not None and parent.deleted_at is not None:
        raise Conflict("folder_gone", errors={"parent_id": "folder_gone"})
    return parent


def require_depth(parent: Node | None) -> None:
    """A tree so deep that no program can name its paths helps nobody."""
    if parent is not None and len(statements.many(statements.ANCESTORS, id=parent.id)) >= MAX_DEPTH:
        raise Invalid("too_deep", errors={"parent_id": "too_deep"})


def taken(actor: User, other: Node) -> Conflict:
    """The name is in use. What uses it is told only to those who see it (R-06)."""
    if access.role_in(actor, other.scope_id) is None:
        return Conflict("name_taken", errors={"name": "name_taken"})
    return Conflict(
        "name_taken", errors={"name": "name_taken", "node": queries.node_out(other).model_dump(mode="json")}
    )


def free_name(workspace_id: UUID, parent_id: UUID | None, name: str, *, but: UUID | None = None) -> str:
    """The name itself, or the first numbered one that nobody has there."""
    candidate = name
    for count in range(2, MAX_NUMBER):
        if queries.clash(workspace_id, parent_id, names.key(candidate), but=but) is None:
            return candidate
        candidate = names.numbered(name, count)
    raise Conflict("name_taken", errors={"name": "name_taken"})


@contextmanager
def unique_name(actor: User, workspace_id: UUID, parent_id: UUID | None, name: str) -> Iterator[None]:
    """Two who take a name at the same instant: the second is told, nothing else of the transaction is lost."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "documents_name_once" not in str(error):
            raise
        other = queries.clash(workspace_id, parent_id, names.key(name))
        raise (taken(actor, other) if other else Conflict("name_taken", errors={"name": "name_taken"})) from None
