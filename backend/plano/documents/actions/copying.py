"""A document or a whole folder once more, also in another workspace: present contents, bytes shared (C12)."""

from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from plano.accounts.models import User
from plano.documents import formats, names, policies, queries, statements
from plano.documents.actions import checking, previews, texts
from plano.documents.actions.activity import record_activity
from plano.documents.actions.contents import reserve
from plano.documents.actions.locks import require_place_unlocked
from plano.documents.actions.nodes import same
from plano.documents.actions.tree import free_name, living_parent, lock_trees, locked, require_depth
from plano.documents.live import COUNT, NODE
from plano.documents.models import Kind, Node, Origin, Preview, State, Text, Verb, Version
from plano.documents.queries.nodes import SHARED
from plano.documents.schemas import FolderCount
from plano.kernel.errors import Conflict, TooLarge
from plano.kernel.ids import uuid7
from plano.platform.live import Emit, unit_of_work
from plano.workspaces import policies as access

MAX_COPIED = 5000
BATCH = 500  # a statement has 65,535 parameters at most


def copy_node(
    *,
    actor: User,
    node_id: UUID,
    id: UUID,
    workspace_id: UUID | None = None,
    parent_id: UUID | None = None,
    beside: bool = False,
) -> Node:
    """With all that the actor sees in it, or nothing of it; under a numbered name when its own is taken.

    Asks for the right to read it and for the right to write there (R-13), and for the space.
    """
    original = queries.node_for(actor, node_id)
    place = original.parent_id if beside else parent_id
    there = workspace_id or original.workspace_id
    policies.require_place(actor, there, queries.parent_named(place))
    with unit_of_work() as emit:
        lock_trees(original.workspace_id, there)
        original = queries.node_for(actor, node_id)  # it may have gone while we waited
        existing = Node.objects.select_related(*SHARED).filter(id=id).first()
        if existing is not None:
            return same(actor, existing, there, place, Kind(original.kind))
        policies.require_new_id(id)
        parent = living_parent(place)
        require_depth(parent)
        require_place_unlocked(actor, there, place)
        copied = gather(actor, original, deep=True)
        bear(emit, actor, copied, there, parent, free_name(there, place, original.name), id)
        return locked(id)


def gather(actor: User, top: Node, *, deep: bool) -> list[Node]:
    """What is copied, parents before children.

    What the actor does not see is left out; a tree with restricted folders is refused: a copy would be wider.
    """
    if not deep or top.kind == Kind.DOCUMENT:
        return [top]
    seen = access.roles_by_scope(actor, top.workspace_id)
    ids = [id for id, scope, root in statements.many(statements.SUBTREE, id=top.id) if root is None and scope in seen]
    if len(ids) > MAX_COPIED:
        raise TooLarge("too_many_to_copy", errors={"most": MAX_COPIED})
    by_id = {node.id: node for node in Node.objects.select_related("scope").filter(id__in=ids, deleted_at=None)}
    if any(node.has_own_scope and not node.scope.open and node.id != top.id for node in by_id.values()):
        raise Conflict("restricted_inside")
    ordered, waiting = [by_id[top.id]], [top.id]
    below: dict[UUID | None, list[Node]] = {}
    for node in by_id.values():
        below.setdefault(node.parent_id, []).append(node)
    while waiting:
        inside = below.get(waiting.pop(), []) if waiting else []
        ordered += inside
        waiting += [node.id for node in inside if node.kind == Kind.FOLDER]
    return ordered


def bear(
    emit: Emit,
    actor: User,
    copied: list[Node],
    workspace_id: UUID,
    parent: Node | None,
    name: str,
    id: UUID | None = None,
) -> dict[UUID, UUID]:
    """Inside a unit of work: the rows, in bulk, and which copy is of which node.

    Two frames however many they are: the top, and how much lies in it, which nobody could know that has not seen it.
    """
    scope_id = workspace_id if parent is None else parent.scope_id
    made = {node.id: uuid7() for node in copied}
    made[copied[0].id] = id or made[copied[0].id]
    top = None if parent is None else parent.id
    latest = {
        version.node_id: version
        for version in Version.objects.filter(node_id__in=list(made)).order_by("node_id", "number")
    }
    nodes, versions, blobs_here = [], [], set[str]()
    for node in copied:
        is_top = node is copied[0]
        new = Node(
            id=made[node.id],
            workspace_id=workspace_id,
            scope_id=scope_id,
            parent_id=top if is_top or node.parent_id is None else made[node.parent_id],
            kind=node.kind,
            name=name if is_top else node.name,
            folded=names.key(name) if is_top else node.folded,
            created_by=actor,
            modified_by=actor,
            description=node.description,
            tags=node.tags,
            fields=node.fields if node.workspace_id == workspace_id else {},
        )
        nodes.append(new)
        content = latest.get(node.id)
        if node.kind == Kind.FOLDER or content is None:
            continue
        policies.require_downloadable(actor, content)
        new.size, new.sha256, new.media_type, new.blob = content.size, content.sha256, content.media_type, content.blob
        new.content_version, new.state = 1, checking.first_state(content)
        if new.state == State.CHECKING:
            checking.ask_later(content.blob)
        blobs_here.add(content.blob)
        versions.append(
            Version(
                node_id=new.id,
                number=1,
                author=actor,
                size=content.size,
                sha256=content.sha256,
                media_type=content.media_type,
                blob=content.blob,
                origin=Origin.IMPORT,
                state=new.state,
                verdict=content.verdict,
                checked_at=content.checked_at,
            )
        )
    if copied[0].workspace_id != workspace_id:
        known = Version.objects.filter(blob__in=blobs_here, node__workspace_id=workspace_id)
        fresh = blobs_here - set(known.values_list("blob", flat=True))
        reserve(workspace_id, sum({v.blob: v.size for v in versions if v.blob in fresh}.values()))
    Node.objects.bulk_create(nodes, batch_size=BATCH)
    Version.objects.bulk_create(versions, batch_size=BATCH)
    _derive([version for version in versions if version.state != State.CHECKING], latest, made)
    _tell(emit, actor, made[copied[0].id])
    return made


_PREVIEWS = """
INSERT INTO documents_preview (id, created_at, version_id, kind, reason, blob, media_type, size, width, height)
SELECT gen_random_uuid(), now(), m.new, p.kind, p.reason, p.blob, p.media_type, p.size, p.width, p.height
FROM unnest(%(old)s::uuid[], %(new)s::uuid[]) AS m (old, new)
JOIN documents_preview p ON p.version_id = m.old AND p.reason <> 'unavailable'
"""
_THUMBNAILS = """
UPDATE documents_node n SET thumbnail = true FROM documents_version v JOIN documents_preview p
    ON p.version_id = v.id AND p.kind = 'thumbnail' AND p.reason = ''
WHERE v.id = ANY(%(new)s) AND n.id = v.node_id
"""
_WORDS = """
INSERT INTO documents_text (id, created_at, node_id, number, reason, text, vector)
SELECT gen_random_uuid(), now(), new.node_id, 1, t.reason, t.text, t.vector
FROM unnest(%(old)s::uuid[], %(new)s::uuid[]) AS m (old, new)
JOIN documents_version was ON was.id = m.old JOIN documents_version new ON new.id = m.new
JOIN documents_text t ON t.node_id = was.node_id AND t.number = was.number
"""


def _derive(versions: list[Version], latest: dict[UUID, Version], made: dict[UUID, UUID]) -> None:
    """The same bytes: their small pictures and their words are known already; jobs are for the others."""
    was = {made[node_id]: version.id for node_id, version in latest.items() if node_id in made}
    pairs = {"old": [was[version.node_id] for version in versions], "new": [version.id for version in versions]}
    with connection.cursor() as cursor:
        for statement in (_PREVIEWS, _THUMBNAILS, _WORDS):
            cursor.execute(statement, pairs)
    shown = set(Preview.objects.filter(version_id__in=pairs["new"]).values_list("version_id", flat=True))
    read = set(Text.objects.filter(node_id__in=[v.node_id for v in versions]).values_list("node_id", flat=True))
    full = [version for version in versions if version.size]
    to_show = [v for v in full if v.id not in shown and formats.kinds_of(v.media_type)]
    to_read = [v for v in full if v.node_id not in read and formats.form_of(v.media_type) is not None]
    for module, wanted in ((previews, to_show), (texts, to_read)):
        if wanted:
            job = app.configure_task(module.TASK, queue=module.QUEUE, lock=module.LOCK, priority=module.SOON)
            ids: list[dict[str, JSONValue]] = [{"version_id": str(version.id)} for version in wanted]
            job.batch_defer(*ids)


def _tell(emit: Emit, actor: User, id: UUID) -> None:
    top = locked(id)
    record_activity(actor=actor, node=top, verb=Verb.COPIED)
    emit.changed(NODE, scope=top.scope_id, data=queries.node_out(top))
    if top.kind == Kind.FOLDER:
        inside = Node.objects.filter(parent_id=id, deleted_at=None).count()
        count = FolderCount(id=id, workspace_id=top.workspace_id, count=inside)
        emit.changed(COUNT, scope=top.scope_id, data=count)
