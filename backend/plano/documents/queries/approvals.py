"""Reads of requests to approve or to read a version: whoever sees a document sees what was asked and answered (C16)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Approval, ApprovalState, Asked, AskedState, Kind, Node, Version
from plano.documents.queries.elsewhere import visible_nodes
from plano.documents.queries.nodes import SHARED, node_for, nodes_anywhere_out, people_of
from plano.documents.schemas import NodeOut, NodePerson
from plano.documents.schemas.approvals import (
    ApprovalAbilities,
    ApprovalAbilityPair,
    ApprovalLine,
    ApprovalMark,
    ApprovalMarks,
    ApprovalOut,
    ApprovalPage,
    AskedOut,
    GivenOut,
    NodeApprovals,
    Which,
)
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from plano.workspaces import policies as access
from plano.workspaces.models import Role

PAGE = 100
MINE = 50
SETTLED = 500
ANSWERED = (AskedState.APPROVED, AskedState.REFUSED, AskedState.READ)
OPEN_STEPS = (AskedState.WAITING, AskedState.PENDING)
WITH = ("node", "node__workspace", "asked_by", "cancelled_by")

# Whether an asked person `u` sees the document `n` at this moment; the same rule as `workspaces.policies`.
_SEES = "(u.is_active AND m.id IS NOT NULL AND (g.id IS NOT NULL OR (s.open AND m.role >= 20)))"
_ASKED = """
FROM documents_asked p
JOIN documents_approval a ON a.id = p.approval_id AND a.state = 'open'
JOIN documents_node n ON n.id = a.node_id AND n.deleted_at IS NULL
JOIN accounts_user u ON u.id = p.user_id
JOIN workspaces_accessscope s ON s.id = n.scope_id
LEFT JOIN workspaces_membership m ON m.user_id = u.id AND m.workspace_id = n.workspace_id
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = u.id
"""
# Open requests where the right of somebody asked is not what their line says.
_CHANGED = (
    "SELECT DISTINCT a.id "
    + _ASKED
    + f"""
WHERE (p.state IN ('waiting', 'pending') AND NOT {_SEES}) OR (p.state = 'lost' AND {_SEES}) LIMIT %(limit)s"""
)
# One row per document of a folder that the reader sees: the request that its line tells of.
_MARKS = """
SELECT DISTINCT ON (a.node_id) a.id FROM documents_approval a JOIN documents_node n ON n.id = a.node_id
WHERE n.workspace_id = %(workspace)s AND n.parent_id IS NOT DISTINCT FROM %(parent)s::uuid
  AND n.scope_id = ANY(%(scopes)s) AND n.deleted_at IS NULL AND a.state <> 'cancelled'
ORDER BY a.node_id, a.state = 'open' DESC, a.created_at DESC, a.id DESC
"""


# --- For a person -----------------------------------------------------------------------------------------------


def approvals_of_node(actor: User, node_id: UUID) -> NodeApprovals:
    """All requests about a document, the newest first."""
    node = node_for(actor, node_id)
    found = Approval.objects.filter(node=node).select_related(*WITH).order_by("-created_at", "-id")
    role = access.role_in(actor, node.scope_id) or Role.GUEST
    return NodeApprovals(
        items=approvals_out(list(found)),
        abilities=abilities(role, archived=node.workspace.archived_at is not None),
        may_ask=role >= Role.MEMBER and node.kind == Kind.DOCUMENT and node.content_version > 0,
    )


def approval_for(actor: User, approval_id: UUID, at_least: Role = Role.READER) -> Approval:
    """A request about a document that the actor sees now."""
    approval = Approval.objects.select_related(*WITH).filter(id=approval_id).first()
    if approval is None:
        raise NotFound
    policies.require_node(actor, approval.node, at_least)
    return approval


def managed_for(actor: User, approval_id: UUID, *, changing: bool = True) -> Approval:
    """A request that the actor asked for, or whose document they manage. In an archived workspace nothing changes."""
    approval = approval_for(actor, approval_id)
    role = access.role_in(actor, approval.node.scope_id)
    archived = approval.node.workspace.archived_at is not None
    if changing and archived:
        raise Forbidden("workspace_archived")
    manager = role == Role.MANAGER or (archived and _manages(actor, approval.node))
    if approval.asked_by_id != actor.id and not manager:
        raise Forbidden("role_too_low")
    return approval


def _manages(actor: User, node: Node) -> bool:
    """Whether they would manage it, were the workspace not archived: proofs are taken out of archived ones too."""
    granted = access.grants_of(node.scope_id).get(actor.id)
    return (granted or access.membership_of(actor, node.workspace_id).role) >= Role.MANAGER


def abilities(role: Role, *, archived: bool) -> ApprovalAbilityPair:
    """Who asked may change, cancel and take away the answers; so may managers."""
    manages = role >= Role.MANAGER
    return ApprovalAbilityPair(
        own=ApprovalAbilities(change=not archived, export=True),
        others=ApprovalAbilities(change=manages, export=manages),
    )


def approvals_of_workspace(
    actor: User, workspace_id: UUID, *, which: Which = "all", cursor: str | None = None
) -> ApprovalPage:
    """Requests about the documents of a workspace that the actor sees, the newest first. Late is by their own day."""
    archived = policies.room_of(actor, workspace_id).archived_at is not None
    roles = access.roles_by_scope(actor, workspace_id)
    found = _filtered(_visible(actor, workspace_id), which, today_of(actor)).order_by("-created_at", "-id")
    if cursor:
        found = found.filter(pagination.earlier(cursor))
    rows = list(found.select_related(*WITH)[: PAGE + 1])
    shown = rows[:PAGE]
    last = shown[-1] if len(rows) > PAGE else None
    return ApprovalPage(
        items=approvals_out(shown),
        next=None if last is None else pagination.encode_time(last.created_at, last.id),
        nodes=list(_nodes(shown).values()),
        abilities={str(scope): abilities(role, archived=archived) for scope, role in roles.items()},
    )


def _visible(actor: User, workspace_id: UUID | None = None) -> QuerySet[Approval]:
    return Approval.objects.filter(node__in=visible_nodes(actor, workspace_id).order_by().values("id"))


def _filtered(found: QuerySet[Approval], which: Which, today: date) -> QuerySet[Approval]:
    if which == "open":
        return found.filter(state=ApprovalState.OPEN)
    if which == "late":
        return found.filter(state=ApprovalState.OPEN, due__lt=today)
    if which == "done":
        return found.exclude(state=ApprovalState.OPEN)
    return found


def marks_for(actor: User, workspace_id: UUID, parent_id: UUID | None) -> ApprovalMarks:
    """What the rows of a folder say, the top without `parent_id`."""
    policies.room_of(actor, workspace_id)
    if parent_id is not None:
        node_for(actor, parent_id)
    scopes = access.visible_scope_ids(actor, workspace_id)
    rows = statements.many(_MARKS, workspace=workspace_id, parent=parent_id, scopes=scopes)
    found = Approval.objects.filter(id__in=[row[0] for row in rows]).prefetch_related("asked")
    return ApprovalMarks(items={str(one.node_id): _mark(one) for one in found})


def _mark(approval: Approval) -> ApprovalMark:
    done, total = _counted(list(approval.asked.all()))
    plain = ("id", "node_id", "number", "purpose", "state", "due", "version")
    return ApprovalMark.model_validate(
        {name: getattr(approval, name) for name in plain} | {"done": done, "total": total}
    )


def waiting_for(actor: User, limit: int = MINE) -> list[ApprovalLine]:
    """What waits for my answer, across my workspaces, the most urgent first."""
    mine = _visible(actor).filter(
        state=ApprovalState.OPEN,
        node__workspace__archived_at=None,
        asked__user=actor,
        asked__state=AskedState.PENDING,
    )
    found = list(mine.select_related(*WITH).order_by("due", "created_at", "id")[:limit])
    nodes = _nodes(found)
    lines = zip(found, approvals_out(found), strict=True)
    return [ApprovalLine(approval=out, node=nodes[row.node_id]) for row, out in lines]


def _nodes(approvals: Iterable[Approval]) -> dict[UUID, NodeOut]:
    nodes = Node.objects.filter(id__in={row.node_id for row in approvals}).select_related(*SHARED)
    return {out.id: out for out in nodes_anywhere_out(nodes)}


def today_of(person: User) -> date:
    """The day where this person is."""
    return now().astimezone(ZoneInfo(person.time_zone)).date()


def asked_version(node: Node, number: int) -> Version:
    """The version that a request is about."""
    version = Version.objects.filter(node=node, number=number).first()
    if version is None:
        raise Invalid("no_such_version", errors={"number": "no_such_version"})
    return version


def is_asked_about(node_id: UUID, number: int) -> bool:
    """Whether answers hang on a version, or are waited for: it is kept then."""
    about = Approval.objects.filter(node_id=node_id, number=number)
    return about.filter(~Q(state=ApprovalState.CANCELLED) | Q(asked__given__isnull=False)).exists()


def require_not_asked_about(version: Version) -> None:
    """A version that people were asked about stays, with their answers, as long as its document."""
    if is_asked_about(version.node_id, version.number):
        raise Conflict("version_asked_about")


# --- The shared form --------------------------------------------------------------------------------------------


def approval_out(approval: Approval) -> ApprovalOut:
    """The shared form of a request, for answers and frames."""
    return approvals_out([approval])[0]


def approvals_out(approvals: list[Approval]) -> list[ApprovalOut]:
    """The shared form of several."""
    if not approvals:
        return []
    rows = Asked.objects.filter(approval__in=approvals).select_related("user").prefetch_related("given")
    asked: dict[UUID, list[Asked]] = {}
    for row in rows.order_by("position"):
        asked.setdefault(row.approval_id, []).append(row)
    concerned: dict[UUID, list[User]] = {}
    for one in approvals:
        people = [one.asked_by, *(row.user for row in asked[one.id]), *([one.cancelled_by] if one.cancelled_by else [])]
        concerned.setdefault(one.node.workspace_id, []).extend(people)
    known = {workspace_id: people_of(workspace_id, people) for workspace_id, people in concerned.items()}
    return [_out(one, asked[one.id], known[one.node.workspace_id]) for one in approvals]


def _out(approval: Approval, asked: list[Asked], people: dict[UUID, NodePerson]) -> ApprovalOut:
    done, total = _counted(asked)
    plain = (
        "id",
        "node_id",
        "number",
        "sha256",
        "name",
        "purpose",
        "in_order",
        "message",
        "due",
        "state",
        "created_at",
        "closed_at",
        "version",
    )
    return ApprovalOut.model_validate(
        {name: getattr(approval, name) for name in plain}
        | {
            "asked_by": people[approval.asked_by_id],
            "cancelled_by": people[approval.cancelled_by_id] if approval.cancelled_by_id else None,
            "asked": [_asked_out(row, people[row.user_id]) for row in asked],
            "done": done,
            "total": total,
        }
    )


def _asked_out(row: Asked, person: NodePerson) -> AskedOut:
    given = sorted(row.given.all(), key=lambda one: (one.at, one.id), reverse=True)
    told = [{name: getattr(one, name) for name in GivenOut.model_fields} for one in given]
    return AskedOut.model_validate({"person": person, "state": row.state, "given": told})


def _counted(asked: list[Asked]) -> tuple[int, int]:
    return sum(row.state in ANSWERED for row in asked), sum(row.state != AskedState.LOST for row in asked)


# --- For jobs ---------------------------------------------------------------------------------------------------


def changed_rights(limit: int = SETTLED) -> list[UUID]:
    """Open requests of which somebody asked lost, or won back, the right to see the document."""
    return [row[0] for row in statements.many(_CHANGED, limit=limit)]


def who_sees(approval: Approval) -> set[UUID]:
    """Who of all may see the document now."""
    return set(access.viewers_of_scope(approval.node.scope_id).values_list("id", flat=True))
