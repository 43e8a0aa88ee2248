"""Contents of a document."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Sum

from plano.accounts.models import User
from plano.documents import policies, statements
from plano.documents.models import Node, Upload, Usage, Version
from plano.documents.queries.nodes import SHARED, node_for, nodes_out, people_of
from plano.documents.schemas import LargeItem, SpaceOut, VersionOut
from plano.workspaces import policies as access
from plano.workspaces.models import Role


def versions_for(actor: User, node_id: UUID) -> list[VersionOut]:
    """All contents of a document, the newest first."""
    node = node_for(actor, node_id)
    versions = list(Version.objects.filter(node=node).select_related("author").order_by("-number"))
    people = people_of(node.workspace_id, [version.author for version in versions])
    return [VersionOut.of(version, people[version.author_id]) for version in versions]


def version_out(version: Version) -> VersionOut:
    """One content of a document."""
    return VersionOut.of(version, people_of(version.node.workspace_id, [version.author])[version.author_id])


_THINNABLE = """
SELECT workspace_id, id FROM (
    SELECT n.workspace_id, v.id, v.created_at, v.kept, v.label, v.comment, v.number = n.content_version AS present,
           EXISTS (SELECT FROM documents_approval a WHERE a.node_id = v.node_id AND a.number = v.number) AS asked,
           row_number() OVER (PARTITION BY v.node_id, date_trunc('month', v.created_at) ORDER BY v.number DESC) AS place
    FROM documents_version v JOIN documents_node n ON n.id = v.node_id
    WHERE v.created_at < %(before)s
) AS old
WHERE place > 1 AND NOT kept AND label = '' AND comment = '' AND NOT present AND NOT asked
ORDER BY created_at LIMIT %(limit)s
"""


def thinnable(before: datetime, limit: int) -> dict[UUID, list[UUID]]:
    """Versions made before an instant that may go, by workspace: all but the last of each month."""
    found: dict[UUID, list[UUID]] = {}
    for workspace_id, id in statements.many(_THINNABLE, before=before, limit=limit):
        found.setdefault(workspace_id, []).append(id)
    return found


def largest_for(actor: User, workspace_id: UUID, limit: int = 10) -> SpaceOut:
    """For whoever manages the library: what takes its space (documents-17). Only what this person sees is named."""
    policies.room_of(actor, workspace_id)
    access.require_role(actor, workspace_id, Role.MANAGER)
    scopes = access.visible_scope_ids(actor, workspace_id)
    held = Version.objects.filter(node__workspace_id=workspace_id)
    sums = held.values("node_id").annotate(bytes=Sum("size"), count=Count("id")).order_by("-bytes")
    top = list(sums.filter(node__scope_id__in=scopes, node__deleted_at=None)[:limit])
    nodes = {node.id: node for node in Node.objects.select_related(*SHARED).filter(id__in=[r["node_id"] for r in top])}
    outs = {out.id: out for out in nodes_out(list(nodes.values()))}
    older = held.exclude(number=F("node__content_version")).aggregate(bytes=Sum("size"))["bytes"]
    binned = held.filter(node__deleted_at__isnull=False).aggregate(bytes=Sum("size"))["bytes"]
    incoming = Upload.objects.filter(workspace_id=workspace_id, done_at=None).aggregate(bytes=Sum("length"))["bytes"]
    usage = Usage.objects.filter(workspace_id=workspace_id).first()
    return SpaceOut(
        used=usage.bytes if usage else 0,
        quota=settings.PLANO.workspace_quota,
        older_versions=older or 0,
        bin=binned or 0,
        incoming=incoming or 0,
        largest=[LargeItem(node=outs[row["node_id"]], versions=row["count"], bytes=row["bytes"]) for row in top],
    )
