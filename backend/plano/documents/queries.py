"""Reads of the library, always for somebody. Folder lists are JSON made by the database (`statements`)."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from plano.accounts.models import User
from plano.accounts.schemas import PersonOut
from plano.documents import policies, statements
from plano.documents.models import Kind, Node, Upload, Usage, Version
from plano.documents.schemas import (
    AccessKind,
    BinItem,
    BinPage,
    LibraryOut,
    NodeAccessOut,
    NodeForMe,
    NodeOut,
    NodePerson,
    PathItem,
    UploadOut,
    VersionOut,
    access_kind,
)
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.kernel.errors import Invalid, NotFound
from plano.platform import blobs
from plano.workspaces import policies as access
from plano.workspaces import queries as workspaces
from plano.workspaces.models import AccessScope, Role, Workspace

PAGE, MAX_PAGE = 200, 1000
_SHARED = ("workspace", "scope", "created_by", "modified_by")


def node_for(actor: User, node_id: UUID, at_least: Role = Role.READER, *, binned: bool = False) -> Node:
    """A living node that the actor sees; or one in the bin."""
    node = Node.objects.select_related(*_SHARED).filter(id=node_id).first()
    policies.require_node(actor, node, at_least, binned=binned)
    assert node is not None
    return node


def parent_named(parent_id: UUID | None) -> Node | None:
    """The folder that a request names as a place; whether the actor may know it is asked of `policies`."""
    if parent_id is None:
        return None
    parent = Node.objects.select_related("workspace").filter(id=parent_id).first()
    if parent is None:
        raise policies.no_such_parent()
    return parent


def people_of(workspace_id: UUID, users: Iterable[User]) -> dict[UUID, NodePerson]:
    """How people stand beside documents of a workspace."""
    known = {user.id: user for user in users}
    guests = policies.guests_among(workspace_id, set(known))
    return {id: NodePerson(**PersonOut.from_model(user).model_dump(), guest=id in guests) for id, user in known.items()}


def node_out(node: Node) -> NodeOut:
    """The shared form of a node, for answers and frames."""
    return nodes_out([node])[0]


def nodes_out(nodes: list[Node]) -> list[NodeOut]:
    """The shared form of several nodes of one workspace."""
    if not nodes:
        return []
    users = [user for node in nodes for user in (node.created_by, node.modified_by)]
    people = people_of(nodes[0].workspace_id, users)
    plain = [name for name in NodeOut.model_fields if name not in ("access", "created_by", "modified_by")]
    return [
        NodeOut.model_validate(
            {name: getattr(node, name) for name in plain}
            | {
                "access": access_kind(node, open=node.scope.open),
                "created_by": people[node.created_by_id],
                "modified_by": people[node.modified_by_id],
            }
        )
        for node in nodes
    ]


def node_for_me(actor: User, node: Node) -> NodeForMe:
    """One node with the way to it and what I may do."""
    role = access.role_in(actor, node.scope_id)
    if role is None:
        raise NotFound
    shared = node_out(node)
    return NodeForMe(
        **{name: getattr(shared, name) for name in NodeOut.model_fields},
        path=path_for(actor, node)[:-1],
        abilities=policies.abilities(role),
    )


def path_for(actor: User, node: Node) -> list[PathItem]:
    """The folders from the top that the actor sees down to the node itself."""
    roles = access.roles_by_scope(actor, node.workspace_id)
    steps: list[PathItem] = []
    for id, name, scope_id, _, opened, _ in statements.many(statements.ANCESTORS, id=node.id):
        if scope_id not in roles:
            steps = []  # what lies above an invisible folder is not told either
            continue
        kind: AccessKind = "inherited" if id != scope_id else "opened" if opened else "restricted"
        steps.append(PathItem(id=id, name=name, access=kind))
    return steps


def page_for(
    actor: User, workspace_id: UUID, *, parent_id: UUID | None, cursor: str | None, limit: int = PAGE
) -> bytes:
    """`NodePage` as JSON: folders first, by name; what the actor does not see is neither listed nor counted."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid("invalid_limit", errors={"limit": "invalid_limit"})
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    folder = _folder_for(actor, workspace_id, parent_id)
    after = pagination.decode(cursor, size=3) if cursor else None
    items, counts, scopes, count, *last = statements.one(
        statements.PAGE_OF_TOP if folder is None else statements.PAGE_OF_FOLDER,
        workspace=workspace_id,
        parent=parent_id,
        scopes=list(roles),
        limit=limit,
        after=after is not None,
        **_position(after),
    )
    following = pagination.encode(last[0], last[1], str(last[2])) if count == limit else None
    path = [] if folder is None else [step.model_dump(mode="json") for step in path_for(actor, folder)]
    rest = {
        "next": following,
        "abilities": {k: v.model_dump() for k, v in policies.ability_pairs(roles).items()},
        "folder": None if folder is None else node_out(folder).model_dump(mode="json"),
        "path": path,
    }
    whole = f'{{"items":{items},"counts":{counts},"scopes":{scopes},{json.dumps(rest, ensure_ascii=False)[1:]}'
    return whole.encode()


def _folder_for(actor: User, workspace_id: UUID, parent_id: UUID | None) -> Node | None:
    if parent_id is None:
        return None
    folder = node_for(actor, parent_id)
    if folder.workspace_id != workspace_id or folder.kind != Kind.FOLDER:
        raise NotFound
    return folder


def _position(after: list[str] | None) -> dict[str, Any]:
    if after is None:
        return {"rank": 0, "folded": "", "id": None}
    if after[0] not in ("0", "1"):
        raise Invalid("invalid_cursor")
    try:
        return {"rank": int(after[0]), "folded": after[1], "id": UUID(after[2])}
    except ValueError as error:
        raise Invalid("invalid_cursor") from error


def versions_for(actor: User, node_id: UUID) -> list[VersionOut]:
    """All contents of a document, the newest first."""
    node = node_for(actor, node_id)
    versions = list(Version.objects.filter(node=node).select_related("author").order_by("-number"))
    people = people_of(node.workspace_id, [version.author for version in versions])
    return [VersionOut.of(version, people[version.author_id]) for version in versions]


def version_out(version: Version) -> VersionOut:
    """One content of a document."""
    return VersionOut.of(version, people_of(version.node.workspace_id, [version.author])[version.author_id])


def bin_for(actor: User, workspace_id: UUID, *, cursor: str | None = None) -> BinPage:
    """What was deleted, the latest first: what the actor saw before, and no more."""
    policies.room_of(actor, workspace_id)
    roles = access.roles_by_scope(actor, workspace_id)
    found = _binned(workspace_id, list(roles)).order_by("-deleted_at", "-id")
    if cursor:
        at, id = pagination.decode(cursor, size=2)
        try:
            found = found.filter(Q(deleted_at__lt=at) | Q(deleted_at=at, id__lt=UUID(id)))
        except ValueError as error:
            raise Invalid("invalid_cursor") from error
    rows = list(found[: PAGE + 1])
    nodes = rows[:PAGE]
    outs = nodes_out(nodes)
    deleters = people_of(workspace_id, [node.deleted_by for node in nodes if node.deleted_by is not None])
    counts = dict(
        Node.objects.filter(deleted_root__in=[n.id for n in nodes], scope_id__in=list(roles))
        .values_list("deleted_root")
        .annotate(n=Count("id"))
    )
    items = [
        BinItem(
            node=out,
            deleted_at=node.deleted_at or now(),
            deleted_by=deleters.get(node.deleted_by_id) if node.deleted_by_id else None,
            place=_place(node, roles),
            contains=counts.get(node.id, 1) - 1,
        )
        for node, out in zip(nodes, outs, strict=True)
    ]
    last = nodes[-1] if len(rows) > PAGE else None
    following = (
        None
        if last is None or last.deleted_at is None
        else pagination.encode(last.deleted_at.isoformat(), str(last.id))
    )
    return BinPage(items=items, next=following, abilities=policies.ability_pairs(roles))


def _binned(workspace_id: UUID, scopes: list[UUID]) -> QuerySet[Node]:
    from django.db.models import F

    return Node.objects.filter(workspace_id=workspace_id, deleted_root=F("id"), scope_id__in=scopes).select_related(
        *_SHARED, "deleted_by", "parent"
    )


def _place(node: Node, roles: dict[UUID, Role]) -> str | None:
    """The names of the folders where it was, as far as the reader sees them."""
    steps = [
        name if scope_id in roles else None
        for id, name, scope_id, _, _, _ in statements.many(statements.ANCESTORS, id=node.id)
        if id != node.id
    ]
    while None in steps:
        steps = steps[steps.index(None) + 1 :]
    return " / ".join(step for step in steps if step is not None) or None


def access_for(actor: User, node_id: UUID) -> NodeAccessOut:
    """« Qui y a accès ? »: the people of the node's scope, and the folder that decides."""
    node = node_for(actor, node_id)
    deciding = (
        None if node.scope_id == node.workspace_id else Node.objects.select_related("scope").get(id=node.scope_id)
    )
    step = (
        None
        if deciding is None
        else PathItem(id=deciding.id, name=deciding.name, access=access_kind(deciding, open=deciding.scope.open))
    )
    role = access.role_in(actor, node.scope_id)
    return NodeAccessOut(
        access=workspaces.access_for(actor, node.scope_id),
        folder=step,
        may_manage=role == Role.MANAGER and node.kind == Kind.FOLDER,
    )


def uploads_for(actor: User, workspace_id: UUID | None = None) -> list[UploadOut]:
    """My uploads that are not done, the oldest first."""
    found = Upload.objects.filter(owner=actor, done_at=None, expires_at__gt=now()).order_by("created_at")
    if workspace_id is not None:
        found = found.filter(workspace_id=workspace_id)
    return [upload_out(upload) for upload in found[:500]]


def upload_out(upload: Upload) -> UploadOut:
    """An upload with what has arrived of it."""
    return UploadOut(
        id=upload.id,
        workspace_id=upload.workspace_id,
        parent_id=upload.parent_id,
        name=upload.name,
        length=upload.length,
        offset=offset_of(upload),
        complete=upload.complete_at is not None,
        expires_at=upload.expires_at,
    )


def upload_for(actor: User, upload_id: UUID) -> Upload:
    """An upload belongs to its author alone; for anybody else it is absent (R-72)."""
    upload = Upload.objects.filter(id=upload_id, owner=actor, expires_at__gt=now()).first()
    if upload is None or not actor.is_active:
        raise NotFound
    return upload


def offset_of(upload: Upload) -> int:
    """How many bytes have arrived: what the disk says."""
    if upload.complete_at is not None:
        return upload.length
    try:
        return blobs.store().part_size(upload.part)
    except blobs.Missing:
        return upload.length if upload.length and _is_kept(upload.part) else 0


def _is_kept(name: str) -> bool:
    try:
        blobs.store().open(name).close()
    except blobs.Missing:
        return False
    return True


def library_for(actor: User, workspace_id: UUID) -> LibraryOut:
    """The space taken and the limits."""
    policies.room_of(actor, workspace_id)
    usage = Usage.objects.filter(workspace_id=workspace_id).first()
    return LibraryOut(
        used=usage.bytes if usage else 0,
        quota=settings.PLANO.workspace_quota,
        max_size=settings.PLANO.upload_max_size,
        antivirus=False,
    )


def clash(workspace_id: UUID, parent_id: UUID | None, folded: str, *, but: UUID | None = None) -> Node | None:
    """The living node that has this name there."""
    found = Node.objects.filter(workspace_id=workspace_id, parent_id=parent_id, folded=folded, deleted_at=None)
    if but is not None:
        found = found.exclude(id=but)
    return found.select_related(*_SHARED).first()


# --- For other rooms ---------------------------------------------------------------------------------------


def visible_nodes(actor: User, workspace_id: UUID | None = None) -> QuerySet[Node]:
    """All living nodes that a person sees."""
    scopes = access.visible_scope_ids(actor, workspace_id)
    nodes = Node.objects.filter(scope_id__in=scopes, deleted_at=None, workspace__rooms__contains=["documents"])
    return nodes.select_related(*_SHARED)


def resolve(actor: User, ids: list[UUID]) -> dict[UUID, str]:
    """Names of those among these nodes that the actor sees."""
    return dict(visible_nodes(actor).filter(id__in=ids).values_list("id", "name"))


def search_names(actor: User, text: str, limit: int = 20, *, workspace_id: UUID | None = None) -> list[dict[str, Any]]:
    """Nodes whose name holds all the words; accents and capitals do not matter."""
    found = visible_nodes(actor, workspace_id)
    words = text.split()[:5]
    if not words:
        return []
    for word in words:
        found = found.filter(name__unaccent__icontains=word)
    return [_hit(node) for node in found.order_by("-modified_at")[:limit]]


def recent_for(actor: User, workspace_id: UUID | None = None, limit: int = 10) -> list[NodeOut]:
    """The documents that changed last; across workspaces, those that the actor touched."""
    found = visible_nodes(actor, workspace_id).filter(kind=Kind.DOCUMENT)
    if workspace_id is None:
        found = found.filter(Q(modified_by=actor) | Q(created_by=actor))
    return _outs(found.order_by("-modified_at", "-id")[:limit])


def changed_since(actor: User, workspace_id: UUID, since: datetime, limit: int = 20) -> list[NodeOut]:
    """Documents that changed since an instant, the latest first."""
    found = visible_nodes(actor, workspace_id).filter(kind=Kind.DOCUMENT, modified_at__gt=since)
    return _outs(found.order_by("-modified_at", "-id")[:limit])


def _outs(nodes: Iterable[Node]) -> list[NodeOut]:
    ordered = list(nodes)
    by_id: dict[UUID, NodeOut] = {}
    for workspace_id in {node.workspace_id for node in ordered}:
        by_id |= {o.id: o for o in nodes_out([n for n in ordered if n.workspace_id == workspace_id])}
    return [by_id[node.id] for node in ordered]


def _hit(node: Node) -> dict[str, Any]:
    return {
        "kind": node.kind,
        "id": node.id,
        "title": node.name,
        "workspace_id": node.workspace_id,
        "workspace_name": node.workspace.name,
        "workspace_slug": node.workspace.slug,
        "parent_id": node.parent_id,
        "media_type": node.media_type,
        "at": node.modified_at,
    }


# --- Integrity (R-76, R-132) -------------------------------------------------------------------------------


def damaged(*, verify: bool = False) -> list[str]:
    """Versions whose bytes are absent, short, or (when asked) not those of their SHA-256."""
    import hashlib

    found = []
    for blob, size, sha256 in Version.objects.values_list("blob", "size", "sha256").distinct().iterator():
        try:
            content = blobs.store().open(blob)
        except blobs.Missing:
            found.append(f"{blob}: absent")
            continue
        try:
            if content.size != size:
                found.append(f"{blob}: {content.size} bytes of {size}")
            elif verify:
                digest, offset = hashlib.sha256(), 0
                while chunk := content.read(offset, 1 << 20):
                    digest.update(chunk)
                    offset += len(chunk)
                if digest.hexdigest() != sha256:
                    found.append(f"{blob}: not the bytes that were uploaded")
        finally:
            content.close()
    return found


def orphans(older_than: timedelta) -> list[str]:
    """Bytes that no row speaks of, old enough not to be on their way."""
    known = set(Version.objects.values_list("blob", flat=True)) | set(Upload.objects.values_list("part", flat=True))
    return [name for name in blobs.store().kept_before(now() - older_than) if name not in known]


def workspace_of(workspace_id: UUID) -> Workspace:
    """For the actions of this room, after the policy said yes."""
    return Workspace.objects.get(id=workspace_id)


def scope_of(node: Node | None, workspace_id: UUID) -> AccessScope:
    """The scope that things put into this folder, or at the root, belong to."""
    return AccessScope.objects.get(id=workspace_id if node is None else node.scope_id)
