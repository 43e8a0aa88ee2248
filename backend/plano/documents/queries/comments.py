"""Comments of a node, always for somebody, and whom a comment concerns."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from plano.accounts.models import User
from plano.documents import policies
from plano.documents.models import Comment, Node
from plano.documents.queries.nodes import node_for, people_of
from plano.documents.schemas.comments import CommentOut, CommentPage, CommentState
from plano.kernel import pagination
from plano.kernel.errors import Invalid, NotFound
from plano.workspaces import policies as access

PAGE, MAX_PAGE = 60, 200
_STATES: dict[CommentState, Q] = {
    "open": Q(thread=None, resolved_at=None) | Q(thread__isnull=False, thread__resolved_at=None),
    "resolved": Q(thread=None, resolved_at__isnull=False) | Q(thread__resolved_at__isnull=False),
    "all": Q(),
}


def comments_for(
    actor: User, node_id: UUID, *, state: CommentState = "open", cursor: str | None = None, limit: int = PAGE
) -> CommentPage:
    """A page of the comments of a node that the actor sees."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid("invalid_limit", errors={"limit": "invalid_limit"})
    node = node_for(actor, node_id)
    role = access.role_in(actor, node.scope_id)
    if role is None:
        raise NotFound
    rows: QuerySet[Comment] = Comment.objects.select_related("author", "resolved_by").filter(_STATES[state], node=node)
    rows = rows.annotate(root_at=Coalesce("thread__created_at", "created_at"), root=Coalesce("thread_id", "id"))
    if cursor is not None:
        rows = rows.filter(_after(cursor))
    found = list(rows.order_by("-root_at", "-root", "created_at", "id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    roots = Comment.objects.filter(node=node, thread=None)
    return CommentPage(
        items=comments_out(node.workspace_id, found[:limit]),
        next=None if last is None else _position(last),
        open=roots.filter(resolved_at=None).count(),
        resolved=roots.filter(resolved_at__isnull=False).count(),
        abilities=policies.comment_abilities(role),
    )


def _position(comment: Comment) -> str:
    root = comment.thread or comment
    return pagination.encode(root.created_at.isoformat(), str(root.id), comment.created_at.isoformat(), str(comment.id))


def _after(cursor: str) -> Q:
    key = pagination.decode(cursor, size=4)
    try:
        root_at, root = datetime.fromisoformat(key[0]), UUID(key[1])
        at, id = datetime.fromisoformat(key[2]), UUID(key[3])
    except ValueError as error:
        raise Invalid("invalid_cursor") from error
    if root_at.tzinfo is None or at.tzinfo is None:
        raise Invalid("invalid_cursor")
    same = Q(root_at=root_at, root=root)
    return (
        Q(root_at__lt=root_at)
        | Q(root_at=root_at, root__lt=root)
        | (same & Q(created_at__gt=at))
        | (same & Q(created_at=at, id__gt=id))
    )


def comment_out(comment: Comment) -> CommentOut:
    """The shared form, for answers and frames."""
    return comments_out(comment.node.workspace_id, [comment])[0]


def comments_out(workspace_id: UUID, comments: Sequence[Comment]) -> list[CommentOut]:
    """The shared form of several, with one question about all their people."""
    users = [user for one in comments for user in (one.author, one.resolved_by) if user is not None]
    people = people_of(workspace_id, users)
    return [
        CommentOut.of(one, people[one.author_id], people[one.resolved_by_id] if one.resolved_by_id else None)
        for one in comments
    ]


def people_concerned(node: Node, thread: Comment | None) -> list[User]:
    """Whom a new comment on a node is told to, besides those that it names: who took part in its thread.

    Whoever follows a document in another way is added here. Only people who see the node at this moment.
    """
    if thread is None:
        return []
    part = Comment.objects.filter(Q(id=thread.id) | Q(thread=thread), deleted_at=None).values("author_id")
    return list(access.viewers_of_scope(node.scope_id).filter(id__in=part))


def readers_among(node: Node, ids: Sequence[UUID]) -> list[User]:
    """Those of these people who see the node."""
    return list(access.viewers_of_scope(node.scope_id).filter(id__in=list(ids))) if ids else []
