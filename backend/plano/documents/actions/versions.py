"""What is said of a version, and which versions stay (documents-5)."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from plano.accounts.models import User
from plano.documents import policies, queries
from plano.documents.actions import journal, previews
from plano.documents.actions.contents import may_write, release
from plano.documents.actions.locks import require_unlocked
from plano.documents.actions.tree import lock_tree, locked
from plano.documents.live import NODE
from plano.documents.models import Node, Version
from plano.documents.queries import approvals
from plano.kernel.clock import now
from plano.kernel.errors import Conflict, NotFound
from plano.kernel.text import clean_line
from plano.platform import blobs
from plano.platform.live import Emit, unit_of_work
from plano.workspaces.models import Role

BATCH = 500


def describe_version(
    *,
    actor: User,
    node_id: UUID,
    number: int,
    label: str | None = None,
    comment: str | None = None,
    kept: bool | None = None,
) -> Version:
    """Name a version, say what it is, keep it from thinning. Two people who change two fields both win."""
    may_write(actor=actor, node_id=node_id)
    with unit_of_work() as emit:
        node, version = _locked(actor, node_id, number, Role.MEMBER)
        given = {"label": label and clean_line(label), "comment": comment and comment.strip(), "kept": kept}
        fields = [name for name, value in given.items() if value is not None]
        for name in fields:
            setattr(version, name, given[name])
        version.save(update_fields=fields)
        _tell(emit, node)
    return version


def delete_version(*, actor: User, node_id: UUID, number: int) -> None:
    """An older content for ever, by a manager; the present one goes with its document only."""
    queries.node_for(actor, node_id, Role.MANAGER)
    with unit_of_work() as emit:
        node, version = _locked(actor, node_id, number, Role.MANAGER)
        if version.number == node.content_version:
            raise Conflict("version_is_current")
        approvals.require_not_asked_about(version)
        forget(node.workspace_id, [version])
        journal.note(actor, "document.version_deleted", node, number=number)
        _tell(emit, node)


def thin_versions(*, limit: int = BATCH) -> int:
    """Of old versions the last of each month stays; named, commented, kept and present ones always. A daily job."""
    days = settings.PLANO.versions_all_days
    if days == 0:
        return 0
    count = 0
    for workspace_id, ids in queries.thinnable(now() - timedelta(days=days), limit).items():
        with transaction.atomic():
            versions = list(Version.objects.filter(id__in=ids, kept=False, label="", comment=""))
            forget(workspace_id, versions)
        count += len(versions)
    return count


def forget(workspace_id: UUID, versions: Iterable[Version]) -> int:
    """Inside a transaction: rows now, bytes that nothing else holds after COMMIT; the space given back."""
    rows = {version.id: version for version in versions}
    sizes = {version.blob: version.size for version in rows.values()}
    still = set(Version.objects.filter(blob__in=list(sizes)).exclude(id__in=list(rows)).values_list("blob", flat=True))
    gone = sizes.keys() - still
    previews.forget(list(rows))
    Version.objects.filter(id__in=list(rows)).delete()
    freed = sum(sizes[blob] for blob in gone)
    release(workspace_id, freed)
    transaction.on_commit(lambda: blobs.discard_all(gone))
    return freed


def _locked(actor: User, node_id: UUID, number: int, at_least: Role) -> tuple[Node, Version]:
    lock_tree(queries.node_for(actor, node_id).workspace_id, shape=False)
    node = locked(node_id)
    policies.require_node(actor, node, at_least)
    require_unlocked(actor, node)
    version = Version.objects.filter(node=node, number=number).first()
    if version is None:
        raise NotFound
    return node, version


def _tell(emit: Emit, node: Node) -> None:
    """The document counts one more change, so that whoever looks at its versions asks again."""
    node.touch()
    node.save()
    emit.changed(NODE, scope=node.scope_id, data=queries.node_out(node))
