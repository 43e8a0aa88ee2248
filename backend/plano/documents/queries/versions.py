"""Contents of a document."""

from uuid import UUID

from plano.accounts.models import User
from plano.documents.models import Version
from plano.documents.queries.nodes import node_for, people_of
from plano.documents.schemas import (
    VersionOut,
)


def versions_for(actor: User, node_id: UUID) -> list[VersionOut]:
    """All contents of a document, the newest first."""
    node = node_for(actor, node_id)
    versions = list(Version.objects.filter(node=node).select_related("author").order_by("-number"))
    people = people_of(node.workspace_id, [version.author for version in versions])
    return [VersionOut.of(version, people[version.author_id]) for version in versions]


def version_out(version: Version) -> VersionOut:
    """One content of a document."""
    return VersionOut.of(version, people_of(version.node.workspace_id, [version.author])[version.author_id])
