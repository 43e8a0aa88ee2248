"""What can be shown of a content, for somebody who may have it now."""

from typing import cast
from uuid import UUID

from plano.accounts.models import User
from plano.documents import formats, policies
from plano.documents.models import Preview, PreviewKind, Version
from plano.documents.queries.nodes import node_for
from plano.documents.schemas.previews import PreviewName, PreviewOut
from plano.kernel.errors import NotFound
from plano.platform import converters
from plano.platform.converters import Reason


def version_shown(actor: User, node_id: UUID, number: int | None = None) -> Version:
    """The present content of a document, or an older one, that the actor may have: previews are bytes too (R-06)."""
    node = node_for(actor, node_id)
    version = Version.objects.filter(node=node, number=number or node.content_version).first()
    if version is None:
        raise NotFound
    policies.require_downloadable(actor, version)
    return version


def preview_of(version: Version, kind: PreviewKind) -> Preview | None:
    """What was derived of it; None: not made yet, or to be tried again."""
    if kind not in formats.kinds_of(version.media_type):
        raise NotFound
    found = Preview.objects.filter(version=version, kind=kind).first()
    if found is not None and found.reason == Reason.UNAVAILABLE and converters.office() is not None:
        return None
    return found


def preview_out(version: Version, kind: PreviewKind, found: Preview | None) -> PreviewOut:
    """Ready, refused with a reason, or being prepared."""
    return PreviewOut(
        node_id=version.node_id,
        number=version.number,
        kind=cast("PreviewName", kind.value),
        state="preparing" if found is None else "refused" if found.reason else "ready",
        reason=None if found is None or not found.reason else Reason(found.reason).value,
        media_type="" if found is None else found.media_type,
        size=0 if found is None else found.size,
        width=0 if found is None else found.width,
        height=0 if found is None else found.height,
    )
