"""Reads about share links, for the people of a workspace. What their holders see is in `queries.shared`.

Whether a link lives is computed at every request from the present state of its object, its creator and its workspace
(R-14, R-77): nothing has to remember to kill it.
"""

import base64
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from plano.accounts.models import User
from plano.accounts.tokens import token_hash
from plano.documents import policies, statements
from plano.documents.models import Kind, ShareLink, ShareMode, ShareUse, Sharing
from plano.documents.queries.nodes import node_for, people_of
from plano.documents.schemas.shares import (
    ShareForMe,
    ShareOut,
    ShareState,
    ShareUseOut,
    SharingOut,
    StopName,
)
from plano.kernel import pagination
from plano.kernel.clock import now
from plano.kernel.errors import Forbidden, NotFound
from plano.kernel.schemas import Page
from plano.workspaces import policies as access
from plano.workspaces.models import Role

PAGE = 200
What = Literal["opened", "downloaded", "archived", "deposited"]
_WHAT: dict[str, What] = {
    "opened": "opened",
    "downloaded": "downloaded",
    "archived": "archived",
    "deposited": "deposited",
}
WITH = ("node", "workspace", "created_by", "stopped_by")

# What is wrong with a link at this moment, '' when it lives. The order decides which reason is told.
_TROUBLE = """
SELECT l.id, CASE
    WHEN l.stopped_at IS NOT NULL THEN l.stop_reason
    WHEN n.deleted_at IS NOT NULL THEN 'deleted'
    WHEN n.workspace_id <> l.workspace_id OR n.scope_id <> l.scope_id THEN 'moved'
    WHEN w.archived_at IS NOT NULL THEN 'archived'
    WHEN a.links IS NOT TRUE OR NOT 'documents' = ANY(w.rooms) THEN 'sharing_off'
    WHEN NOT u.is_active OR m.id IS NULL
        OR COALESCE(g.role, CASE WHEN s.open THEN m.role ELSE 0 END) < 30 THEN 'creator'
    WHEN l.expires_at <= %(now)s THEN 'expired'
    WHEN l.uses >= l.max_uses THEN 'exhausted'
    ELSE '' END
FROM documents_sharelink l
JOIN documents_node n ON n.id = l.node_id
JOIN workspaces_workspace w ON w.id = l.workspace_id
JOIN workspaces_accessscope s ON s.id = n.scope_id
JOIN accounts_user u ON u.id = l.created_by_id
LEFT JOIN documents_sharing a ON a.workspace_id = l.workspace_id
LEFT JOIN workspaces_membership m ON m.workspace_id = l.workspace_id AND m.user_id = u.id AND m.role >= 20
LEFT JOIN workspaces_scopegrant g ON g.scope_id = s.id AND g.user_id = u.id
WHERE l.id = ANY(%(ids)s)
"""


def troubles(ids: Iterable[UUID], at: datetime | None = None) -> dict[UUID, str]:
    """For each link why it does not open now, or ''."""
    wanted = list(ids)
    return dict(statements.many(_TROUBLE, ids=wanted, now=at or now())) if wanted else {}


def sharing_for(actor: User, workspace_id: UUID) -> SharingOut:
    """Whether links may be made here."""
    policies.room_of(actor, workspace_id)
    return sharing_out(workspace_id)


def sharing_out(workspace_id: UUID) -> SharingOut:
    row = Sharing.objects.filter(workspace_id=workspace_id).first()
    return SharingOut(workspace_id=workspace_id, links=row is not None and row.links)


def shares_of_node(actor: User, node_id: UUID) -> list[ShareForMe]:
    """The links that open a node: its own, and those of the folders above it with the same people. Newest first."""
    node = node_for(actor, node_id)
    above = [row[0] for row in statements.many(statements.ANCESTORS, id=node.id) if row[2] == node.scope_id]
    found = ShareLink.objects.filter(Q(node_id=node.id) | Q(node_id__in=above, scope_id=node.scope_id, stopped_at=None))
    return for_me(actor, list(found.select_related(*WITH).order_by("-created_at", "-id")[:PAGE]))


def shares_of_workspace(actor: User, workspace_id: UUID, *, cursor: str | None = None) -> Page[ShareForMe]:
    """All links of a workspace, for its managers. What a manager does not see stays without a name."""
    access.require_member(actor, workspace_id, Role.MANAGER, archived_ok=True)
    found = ShareLink.objects.filter(workspace_id=workspace_id).order_by("-created_at", "-id")
    if cursor:
        found = found.filter(pagination.earlier(cursor))
    rows = list(found.select_related(*WITH)[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    following = None if last is None else pagination.encode_time(last.created_at, last.id)
    return Page(items=for_me(actor, rows[:PAGE]), next=following)


def share_for(actor: User, share_id: UUID) -> ShareLink:
    """A link that the actor may see: through its object, or as a manager of the workspace."""
    link = ShareLink.objects.select_related(*WITH).filter(id=share_id).first()
    if link is None or not _may_see(actor, link):
        raise NotFound
    return link


def managed_share_for(actor: User, share_id: UUID) -> ShareLink:
    """A link that the actor may change and stop."""
    link = share_for(actor, share_id)
    if not may_manage(actor, link):
        raise Forbidden("role_too_low")
    return link


def may_manage(actor: User, link: ShareLink) -> bool:
    """Its creator, whoever manages its object, every manager of the workspace."""
    return _may_manage(
        actor, link, role=access.role_in(actor, link.node.scope_id), manages=_manages(actor, link.workspace_id)
    )


def _may_manage(actor: User, link: ShareLink, *, role: Role | None, manages: bool) -> bool:
    own = link.created_by_id == actor.id and role is not None and role >= Role.MEMBER
    return own or role == Role.MANAGER or manages


def uses_for(actor: User, share_id: UUID, limit: int = PAGE) -> list[ShareUseOut]:
    """What was done through a link, the latest first."""
    link = managed_share_for(actor, share_id)
    found = ShareUse.objects.filter(link=link).order_by("-at", "-id")[:limit]
    seen = access.role_in(actor, link.node.scope_id) is not None
    return [
        ShareUseOut(
            id=use.id,
            at=use.at,
            what=_WHAT[use.what],
            name=use.name if seen else "",
            depositor=use.depositor,
            network=use.network,
        )
        for use in found
    ]


def secret_of(link: ShareLink) -> str:
    """The link's secret: 256 bits derived from the server's key, so that the database alone opens nothing."""
    return secret(link.id)


def secret(link_id: UUID) -> str:
    digest = salted_hmac("plano.documents.share", str(link_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def address_of(link: ShareLink) -> str | None:
    """What to hand out; None when the server's key is another than when the link was made."""
    token = secret_of(link)
    return f"{settings.BASE_URL}/s/{token}" if token_hash(token) == link.token_hash else None


def for_me(actor: User, links: list[ShareLink]) -> list[ShareForMe]:
    """Links with what the actor may do with each; without the name of what they do not see."""
    places = {link.workspace_id for link in links}
    roles = {id: access.roles_by_scope(actor, id) for id in places}
    manages = {id: _manages(actor, id) for id in places}
    shared = shares_out(links)
    mine = []
    for link, out in zip(links, shared, strict=True):
        role = roles[link.workspace_id].get(link.node.scope_id)
        hidden = {"name": link.node.name if role else None, "label": link.label if role else ""}
        may = _may_manage(actor, link, role=role, manages=manages[link.workspace_id])
        mine.append(ShareForMe(**(out.model_dump() | hidden | {"may_manage": may})))
    return mine


def share_out(link: ShareLink) -> ShareOut:
    """The shared form of a link, for answers and frames."""
    return shares_out([link])[0]


def shares_out(links: list[ShareLink]) -> list[ShareOut]:
    wrong = troubles(link.id for link in links)
    concerned: dict[UUID, list[User]] = {}
    for link in links:
        concerned.setdefault(link.workspace_id, []).extend(u for u in (link.created_by, link.stopped_by) if u)
    everybody = {workspace_id: people_of(workspace_id, users) for workspace_id, users in concerned.items()}
    outs = []
    for link in links:
        people = everybody[link.workspace_id]
        state, reason = _state(wrong.get(link.id, "deleted"))
        outs.append(
            ShareOut(
                id=link.id,
                workspace_id=link.workspace_id,
                scope_id=link.scope_id,
                node_id=link.node_id,
                name=link.node.name if link.node.scope_id == link.scope_id else None,  # it may have moved
                kind="folder" if link.node.kind == Kind.FOLDER else "document",
                mode="drop" if link.mode == ShareMode.DROP else "read",
                label=link.label,
                created_by=people[link.created_by_id],
                created_at=link.created_at,
                expires_at=link.expires_at,
                protected=link.password != "",
                max_uses=link.max_uses,
                uses=link.uses,
                state=state,
                stop_reason=reason,
                stopped_at=link.stopped_at,
                stopped_by=people.get(link.stopped_by_id) if link.stopped_by_id else None,
                version=link.version,
            )
        )
    return outs


def _state(trouble: str) -> tuple[ShareState, StopName]:
    if trouble == "":
        return "active", ""
    if trouble == "expired":
        return "expired", ""
    if trouble == "exhausted":
        return "exhausted", ""
    reasons: dict[str, StopName] = {
        "by_hand": "by_hand",
        "deleted": "deleted",
        "moved": "moved",
        "creator": "creator",
        "archived": "archived",
        "sharing_off": "sharing_off",
    }
    return "stopped", reasons[trouble]


def _may_see(actor: User, link: ShareLink) -> bool:
    return access.role_in(actor, link.node.scope_id) is not None or _manages(actor, link.workspace_id)


def _manages(actor: User, workspace_id: UUID) -> bool:
    try:
        access.require_member(actor, workspace_id, Role.MANAGER, archived_ok=True)
    except (NotFound, Forbidden):
        return False
    return True
