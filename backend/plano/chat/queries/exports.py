"""Copies of a conversation, and what goes into one: page by page, so that a long talk takes no more memory."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from plano.accounts.models import User
from plano.chat import policies
from plano.chat.models import Decision, Export, Message
from plano.chat.queries.channels import channel_for
from plano.chat.queries.floors import floor_of
from plano.chat.schemas.exports import (
    ExportedDecision,
    ExportedFile,
    ExportedMessage,
    ExportedPerson,
    ExportedReaction,
    ExportedRevision,
    ExportOut,
    ExportsOut,
)
from plano.documents import queries as documents
from plano.kernel.errors import NotFound

STEP, LISTED = 500, 50


def exports_of(actor: User, channel_id: UUID) -> ExportsOut:
    """Who asked for copies of a channel: everybody who reads it may know."""
    channel = channel_for(actor, channel_id)
    found = Export.objects.filter(channel=channel).select_related("asked_by").order_by("-created_at", "-id")[:LISTED]
    items = [ExportOut.from_model(export, mine=export.asked_by_id == actor.id) for export in found]
    return ExportsOut(items=items, allowed=policies.may_export(actor, channel))


def export_for(actor: User, export_id: UUID) -> Export:
    """A copy that this person asked for, and may hold at this moment: no right or past that they lost since."""
    export = Export.objects.select_related("channel__workspace").filter(id=export_id, asked_by=actor).first()
    if export is None or not export.blob:
        raise NotFound
    policies.require_export(actor, export.channel)
    if floor_of(actor.id, export.channel) > export.since:
        raise NotFound
    return export


def exported_messages(export: Export, *, revisions: bool) -> Iterator[list[ExportedMessage]]:
    """The messages of a copy in their order, a few hundred at a time."""
    at = export.since
    while True:
        rows = Message.objects.filter(channel_id=export.channel_id, seq__gt=at, seq__lte=export.until, erased=False)
        page = list(rows.order_by("seq").prefetch_related(*(["revisions"] if revisions else []))[:STEP])
        if not page:
            return
        files = _files(export.asked_by, {UUID(str(id)) for message in page for id in message.files})
        yield [_exported(message, files, revisions=revisions) for message in page]
        at = page[-1].seq


def exported_decisions(export: Export) -> Iterator[ExportedDecision]:
    """The register, as far as the copy reaches."""
    rows = Decision.objects.filter(channel_id=export.channel_id, seq__gt=export.since, seq__lte=export.until)
    for one in rows.order_by("number").iterator():
        yield ExportedDecision(
            id=one.id,
            number=one.number,
            text=one.text,
            decided_on=one.decided_on.isoformat(),
            decided_by=one.decided_by,
            noted_by=one.noted_by_id,
            status=one.status,
            replaced_by=one.replaced_by_id,
        )


def people_named(ids: Sequence[UUID]) -> list[ExportedPerson]:
    """The names to the ids."""
    found = User.objects.filter(id__in=ids).order_by("name", "id").values_list("id", "name")
    return [ExportedPerson(id=id, name=name) for id, name in found]


def _exported(message: Message, files: dict[UUID, ExportedFile], *, revisions: bool) -> ExportedMessage:
    gone = message.deleted_at is not None
    said = [] if gone or not revisions else sorted(message.revisions.all(), key=lambda one: one.version)
    carried = [UUID(str(id)) for id in message.files]
    return ExportedMessage(
        id=message.id,
        number=message.seq,
        thread=message.thread_id,
        in_channel=message.in_channel,
        author=message.author_id,
        created_at=message.created_at,
        edited_at=message.edited_at,
        deleted_at=message.deleted_at,
        text="" if gone else message.text,
        mentions=[ExportedPerson(id=UUID(one["id"]), name=one["name"]) for one in message.mentions],
        files=[files.get(id) or ExportedFile(id=id, name=None, size=None, sha256=None) for id in carried],
        reactions=[ExportedReaction(**one) for one in message.reactions],
        poll=message.poll,
        event=message.system,
        pinned_at=message.pinned_at,
        revisions=[ExportedRevision(text=one.text, until=one.created_at) for one in said],
    )


def _files(actor: User, ids: set[UUID]) -> dict[UUID, ExportedFile]:
    """Of these documents, those that the asker may read now."""
    if not ids:
        return {}
    return {
        node.id: ExportedFile(id=node.id, name=node.name, size=node.size, sha256=node.sha256 or None)
        for node in documents.visible_nodes(actor).filter(id__in=ids)
    }
