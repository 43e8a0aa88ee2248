"""Comments: written by whoever may write in the document's folder, locked or not: a lock keeps what is said of it free.

The row of the node is held while one is written, so that its count of open ones is right.
"""

from datetime import timedelta
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions import journal
from plano.documents.actions.activity import record_activity
from plano.documents.actions.tree import locked
from plano.documents.live import COMMENT, NODE
from plano.documents.models import Comment, Kind, Node, Verb
from plano.documents.queries import comments as reads
from plano.kernel import mentions as names
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from plano.kernel.schemas import Removed
from plano.notifications.actions import notify
from plano.platform import database
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import Role

_FORGET = """
UPDATE live_frame SET payload = %(payload)s, op = %(op)s
WHERE scope_id = %(scope)s AND kind = 'documents.comment' AND (payload::json ->> 'id') = %(id)s
"""


def add_comment(
    *,
    actor: User,
    node_id: UUID,
    id: UUID,
    text: str,
    mentions: list[UUID] | None = None,
    thread_id: UUID | None = None,
    number: int | None = None,
    page: int | None = None,
    quote: str = "",
) -> Comment:
    """Say something of a node once: sent again with the same id, the same comment. An answer opens its thread again."""
    queries.node_for(actor, node_id, Role.MEMBER)
    _require_text(text)
    with unit_of_work() as emit:
        node = locked(node_id)
        policies.require_node(actor, node, Role.MEMBER)
        existing = _found(id)
        if existing is not None:
            return _same(existing, actor, node, thread_id)
        root = _root(node, thread_id)
        if root is not None and (page is not None or quote):
            raise Invalid("answer_has_no_place", errors={"quote": "answer_has_no_place"})
        named = _readers(node, text, mentions or [])
        comment = Comment.objects.create(
            id=id,
            node=node,
            thread=root,
            author=actor,
            number=_number(node, number),
            page=page if node.kind == Kind.DOCUMENT else None,
            quote=quote if node.kind == Kind.DOCUMENT else "",
            text=text,
            mentions=names.noted(named),
            created_at=now() if root is None else max(now(), root.created_at + timedelta(microseconds=1)),
        )
        concerned = reads.people_concerned(node, root)
        if root is not None and root.resolved_at is not None:
            _settle(emit, root, None)
        _count(emit, node)
        emit.changed(COMMENT, scope=node.scope_id, data=reads.comment_out(comment))
        _tell(emit, comment, "mention", named)
        rest = [person for person in concerned if person.id not in {one.id for one in named}]
        _tell(emit, comment, "message" if root else "comment", rest)
        told = [person.id for person in (*named, *rest)]
        record_activity(actor=actor, node=node, verb=Verb.COMMENTED, told=told)
    return comment


def edit_comment(
    *,
    actor: User,
    node_id: UUID,
    comment_id: UUID,
    text: str,
    mentions: list[UUID] | None = None,
    version: int | None = None,
) -> Comment:
    """One's own words. People named for the first time are told, once."""
    queries.node_for(actor, node_id, Role.MEMBER)
    _require_text(text)
    with unit_of_work() as emit:
        comment = _locked(actor, node_id, comment_id)
        if comment.author_id != actor.id:
            raise Forbidden("not_the_author")
        if comment.deleted_at is not None:
            raise Conflict("comment_deleted")
        if version is not None and version != comment.version:
            raise PreconditionFailed(errors={"current": reads.comment_out(comment).model_dump(mode="json")})
        forgiving = mentions is None
        wanted = names.kept(comment.mentions, text) if mentions is None else mentions
        people = _readers(comment.node, text, wanted, forgiving=forgiving)
        if (text, names.noted(people)) == (comment.text, comment.mentions):
            return comment
        before = {one["id"] for one in comment.mentions}
        comment.text, comment.mentions, comment.edited_at = text, names.noted(people), now()
        _changed(emit, comment)
        _tell(emit, comment, "mention", [person for person in people if str(person.id) not in before])
    return comment


def delete_comment(*, actor: User, node_id: UUID, comment_id: UUID) -> None:
    """By its author or a manager. The words go everywhere, the log included; with answers below a trace stays."""
    role = policies.require_node(actor, queries.node_for(actor, node_id, Role.MEMBER), Role.MEMBER)
    with unit_of_work() as emit:
        comment = _locked(actor, node_id, comment_id)
        if comment.author_id != actor.id and role < Role.MANAGER:
            raise Forbidden("not_the_author")
        if comment.deleted_at is not None:
            return
        node, root = comment.node, comment.thread
        if comment.replies.exists():
            comment.text, comment.quote, comment.mentions, comment.page = "", "", [], None
            comment.deleted_at = now()
            _changed(emit, comment)
            _forget(comment, "changed", reads.comment_out(comment).model_dump_json())
        else:
            _remove(emit, comment)
            if root is not None and root.deleted_at is not None and not root.replies.exists():
                _remove(emit, root)
        _count(emit, node)
        if comment.author_id != actor.id:
            journal.note(actor, "document.comment_deleted", node, author=str(comment.author_id))


def settle_comment(*, actor: User, node_id: UUID, comment_id: UUID, resolved: bool) -> Comment:
    """A remark is dealt with, or opened again, by whoever may write; who and when is kept."""
    queries.node_for(actor, node_id, Role.MEMBER)
    with unit_of_work() as emit:
        comment = _locked(actor, node_id, comment_id)
        if comment.thread_id is not None:
            raise Invalid("only_remarks")
        if (comment.resolved_at is not None) == resolved:
            return comment
        _settle(emit, comment, actor if resolved else None)
        _count(emit, comment.node)
    return comment


# --- Inside a unit of work ------------------------------------------------------------------------------------


def _found(id: UUID) -> Comment | None:
    return Comment.objects.select_related("author", "resolved_by", "node", "thread").filter(id=id).first()


def _locked(actor: User, node_id: UUID, comment_id: UUID) -> Comment:
    """A comment of the node, whose row is held."""
    node = locked(node_id)
    policies.require_node(actor, node, Role.MEMBER)
    comment = _found(comment_id)
    if comment is None or comment.node_id != node.id:
        raise NotFound
    comment.node = node
    return comment


def _same(existing: Comment, actor: User, node: Node, thread_id: UUID | None) -> Comment:
    if (existing.author_id, existing.node_id, existing.thread_id) != (actor.id, node.id, thread_id):
        raise Conflict("identifier_in_use")
    return existing


def _root(node: Node, thread_id: UUID | None) -> Comment | None:
    if thread_id is None:
        return None
    root = _found(thread_id)
    if root is None or root.node_id != node.id or root.thread_id is not None:
        raise Invalid("thread_not_found", errors={"thread_id": "thread_not_found"})
    root.node = node
    return root


def _number(node: Node, number: int | None) -> int | None:
    """The version that was before the author's eyes."""
    if node.kind == Kind.FOLDER or node.content_version == 0:
        return None
    if number is not None and number > node.content_version:
        raise Invalid("no_such_version", errors={"number": "no_such_version"})
    return number or node.content_version


def _require_text(text: str) -> None:
    if not text.strip():
        raise Invalid("comment_empty", errors={"text": "required"})


def _readers(node: Node, text: str, ids: list[UUID], *, forgiving: bool = False) -> list[User]:
    """The people named, in the order of the text; those who do not see the document are refused (R-04)."""
    found = reads.readers_among(node, ids)
    if not forgiving and len(found) != len(set(ids)):
        raise Invalid("mention_outside_document", errors={"mentions": "mention_outside_document"})
    return names.named_in(text, found)


def _settle(emit: Emit, comment: Comment, by: User | None) -> None:
    comment.resolved_by, comment.resolved_at = by, None if by is None else now()
    _changed(emit, comment)


def _changed(emit: Emit, comment: Comment) -> None:
    comment.touch()
    comment.save()
    emit.changed(COMMENT, scope=comment.node.scope_id, data=reads.comment_out(comment))


def _remove(emit: Emit, comment: Comment) -> None:
    gone = Removed(id=comment.id, parent_id=comment.node_id)
    _forget(comment, "removed", gone.model_dump_json())
    Comment.objects.filter(id=comment.id).delete()
    emit.removed(COMMENT, scope=comment.node.scope_id, data=gone)


def _forget(comment: Comment, op: str, payload: str) -> None:
    """The words leave the frames that are kept, too."""
    scope = comment.node.scope_id
    database.rows(_FORGET + "RETURNING seq", {"scope": scope, "id": str(comment.id), "op": op, "payload": payload})


def _count(emit: Emit, node: Node) -> None:
    """The number that lists show. No change of the node: its `version` stays."""
    count = Comment.objects.filter(node=node, thread=None, resolved_at=None).count()
    if count != node.open_comments:
        node.open_comments = count
        node.save(update_fields=["open_comments"])
        emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))


def _tell(emit: Emit, comment: Comment, kind: str, people: list[User]) -> None:
    """One line per person and thread until it is read. The title is the document's: words may be taken back."""
    node = comment.node
    notify(
        emit=emit,
        recipients=people,
        kind=kind,
        actor=comment.author,
        title=node.name,
        link_kind="documents.comment",
        link_id=comment.id if kind == "mention" or comment.thread_id is None else comment.thread_id,
        workspace_id=node.workspace_id,
        scope_id=node.scope_id,
        parent_id=node.id,
    )
