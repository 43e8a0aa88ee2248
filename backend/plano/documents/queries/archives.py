"""What goes into an archive: what its reader may see and have, and a note of the rest (documents-14, R-06, R-75)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from plano.accounts.models import User
from plano.documents import policies, statements, zipping
from plano.documents.models import ArchiveTicket, Kind, Node, ShareLink, Unpacking
from plano.documents.queries.nodes import node_for
from plano.documents.queries.shared import shared_node
from plano.documents.schemas.archives import UnpackingOut
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Invalid, NotFound
from plano.workspaces import policies as access

MAX_ENTRIES = 100_000
MAX_SELECTED = 10_000

# The living tree below some nodes, as far as these scopes reach, with the present content of each document.
_TREE = """
WITH RECURSIVE down AS (
    SELECT n.id, NULL::uuid AS above, n.kind, n.name, n.folded, n.modified_at, n.content_version, n.scope_id, 0 AS depth
    FROM documents_node n WHERE n.id = ANY(%(roots)s) AND n.deleted_at IS NULL AND n.scope_id = ANY(%(scopes)s)
    UNION ALL
    SELECT k.id, k.parent_id, k.kind, k.name, k.folded, k.modified_at, k.content_version, k.scope_id, down.depth + 1
    FROM documents_node k JOIN down ON k.parent_id = down.id
    WHERE k.deleted_at IS NULL AND k.scope_id = ANY(%(scopes)s) AND down.depth < 200
)
SELECT d.id, d.above, d.kind, d.name, d.modified_at, d.scope_id, v.id, v.size, v.sha256, v.blob, v.state,
    CASE WHEN v.depositor = '' THEN v.author_id END -- a deposit's author only answers for its link (R-75)
FROM down d LEFT JOIN documents_version v ON v.node_id = d.id AND v.number = d.content_version
ORDER BY d.depth, d.folded, d.id LIMIT %(limit)s
"""
NOTES = {
    "fr": (
        "À lire - contenu de l’archive.txt",
        "Ces documents ne sont pas dans l’archive :\r\n",
        {
            "infected": "l’antivirus y a trouvé un programme malveillant",
            "checking": "l’antivirus ne l’a pas encore vérifié",
        },
        "Ces noms ont été adaptés pour Windows :\r\n",
    ),
    "en": (
        "Read me - contents of the archive.txt",
        "These documents are not in the archive:\r\n",
        {"infected": "the antivirus found malware in it", "checking": "the antivirus has not checked it yet"},
        "These names were adapted for Windows:\r\n",
    ),
}


@dataclass(frozen=True)
class Plan:
    """An archive before it is sent."""

    name: str
    workspace_id: UUID
    entries: list[zipping.Entry]
    left_out: int
    zone: str

    @property
    def length(self) -> int:
        return zipping.length(self.entries)

    @property
    def tag(self) -> str:
        return zipping.tag(self.entries, self.zone)


def plan_of_folder(actor: User, node_id: UUID) -> Plan:
    """A folder with all that the actor sees in it."""
    node = node_for(actor, node_id)
    if node.kind != Kind.FOLDER:
        raise Invalid("only_folders")
    return _plan_for(actor, node.workspace_id, [node.id], node.name)


def plan_of_ticket(actor: User, ticket_id: UUID) -> tuple[ArchiveTicket, Plan]:
    """The selection of a ticket, seen with the rights of this moment. Somebody else's ticket is absent."""
    ticket = ArchiveTicket.objects.select_related("workspace").filter(id=ticket_id, owner=actor).first()
    if ticket is None or ticket.expires_at <= now():
        raise NotFound
    policies.room_of(actor, ticket.workspace_id)
    name = ticket.workspace.name if len(ticket.node_ids) != 1 else ""
    return ticket, _plan_for(actor, ticket.workspace_id, ticket.node_ids, name)


def plan_of_selection(actor: User, workspace_id: UUID, node_ids: Sequence[UUID]) -> Plan:
    """Some nodes of one workspace, all of which the actor sees (R-04)."""
    workspace = policies.room_of(actor, workspace_id)
    if not 1 <= len(node_ids) <= MAX_SELECTED:
        raise Invalid("invalid_selection", errors={"node_ids": "invalid_selection"})
    wanted = set(node_ids)
    scopes = access.visible_scope_ids(actor, workspace_id)
    found = Node.objects.filter(id__in=wanted, workspace_id=workspace_id, scope_id__in=scopes, deleted_at=None)
    if found.count() != len(wanted):
        raise NotFound
    return _plan_for(actor, workspace_id, list(wanted), workspace.name)


def plan_of_link(link: ShareLink, folder_id: UUID | None, *, language: str) -> Plan:
    """A shared folder, or one below it, as its link shows it."""
    node = shared_node(link, folder_id or link.node_id)
    if node.kind != Kind.FOLDER:
        raise NotFound
    rows = _rows([node.id], [link.scope_id])
    return _plan(rows, node.name, link.workspace_id, actor_id=None, language=language, zone="Europe/Paris")


def still_visible(actor: User, workspace_id: UUID) -> set[UUID]:
    """The scopes that the actor sees now: asked again while an archive is sent (R-07)."""
    actor.refresh_from_db(fields=["is_active"])
    return set(access.visible_scope_ids(actor, workspace_id))


def _plan_for(actor: User, workspace_id: UUID, roots: Sequence[UUID], name: str) -> Plan:
    rows = _rows(roots, access.visible_scope_ids(actor, workspace_id))
    name = name or (rows[0][3] if rows else "")
    return _plan(rows, name, workspace_id, actor_id=actor.id, language=actor.language, zone=actor.time_zone)


def _rows(roots: Sequence[UUID], scopes: Sequence[UUID]) -> list[Any]:
    rows = statements.many(_TREE, roots=list(roots), scopes=list(scopes), limit=MAX_ENTRIES + 1)
    if len(rows) > MAX_ENTRIES:
        raise Conflict("archive_too_large", errors={"limit": MAX_ENTRIES})
    return rows


def _plan(rows: list[Any], name: str, workspace_id: UUID, *, actor_id: UUID | None, language: str, zone: str) -> Plan:
    if not rows:
        raise NotFound
    top = zipping.Folder("")
    folders: dict[UUID | None, zipping.Folder] = {None: top}
    entries: list[zipping.Entry] = []
    absent: list[tuple[str, str]] = []
    renamed: list[tuple[str, str]] = []
    seen: set[UUID] = set()
    for id, above, kind, title, at, scope_id, version_id, size, sha256, blob, state, author_id in rows:
        if id in seen:
            continue  # chosen by itself and inside a chosen folder
        seen.add(id)
        folder = folders[above]
        if version_id is not None and not policies.is_downloadable(state=state, author_id=author_id, actor_id=actor_id):
            absent.append((folder.path + title, state))
            continue
        path = folder.place(title)
        if not path.endswith(title):
            renamed.append((folder.path + title, path))
        if kind == Kind.FOLDER:
            folders[id] = zipping.Folder(path + "/")
            entries.append(zipping.Entry(path + "/", at, scope_id=scope_id))
        else:
            entries.append(zipping.Entry(path, at, size or 0, sha256 or "", blob or "", scope_id, version_id))
    entries.sort(key=lambda entry: entry.path)
    if absent or renamed:
        entries.append(_note(top, absent, renamed, language, max(row[4] for row in rows)))
    return Plan(name, workspace_id, entries, len(absent), zone)


def _note(
    top: zipping.Folder, absent: list[tuple[str, str]], renamed: list[tuple[str, str]], language: str, at: datetime
) -> zipping.Entry:
    title, missing, reasons, adapted = NOTES["en" if language == "en" else "fr"]
    mark = " : " if language != "en" else ": "
    blocks = []
    if absent:
        blocks.append(missing + "".join(f"- {path}{mark}{reasons[state]}\r\n" for path, state in absent))
    if renamed:
        blocks.append(adapted + "".join(f"- {before} → {after}\r\n" for before, after in renamed))
    text = ("\ufeff" + "\r\n".join(blocks)).encode()
    return zipping.Entry(top.place(title), at, len(text), text=text)


def unpacking_out(unpacking: Unpacking) -> UnpackingOut:
    """An unpacking, as its owner sees it."""
    return UnpackingOut.model_validate({name: getattr(unpacking, name) for name in UnpackingOut.model_fields})


def unpackings_for(actor: User) -> list[UnpackingOut]:
    """My last ones, the newest first."""
    return [unpacking_out(one) for one in Unpacking.objects.filter(owner=actor).order_by("-created_at", "-id")[:20]]
