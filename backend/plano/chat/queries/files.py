"""The files of a conversation, and the conversations in which a document was cited."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from plano.accounts.models import User
from plano.chat.models import Channel, MessageFile
from plano.chat.queries.channels import channel_for, titled
from plano.chat.queries.floors import floor_of, floors_of
from plano.chat.schemas.files import CitationOut, FileAudienceOut, FileRowOut
from plano.documents import queries as documents
from plano.documents.models import Kind, Node
from plano.kernel import pagination
from plano.kernel.errors import Invalid
from plano.kernel.schemas import Page
from plano.workspaces import policies as access
from plano.workspaces.models import Room

PAGE, CITATIONS = 50, 50


def files_for(actor: User, channel_id: UUID, *, cursor: str | None = None) -> Page[FileRowOut]:
    """The documents that the messages of a conversation carry, the latest first, of those that the actor sees."""
    channel = channel_for(actor, channel_id)
    seen = documents.visible_nodes(actor, channel.workspace_id)
    rows = MessageFile.objects.filter(channel=channel, seq__gt=floor_of(actor.id, channel), node__in=seen.values("id"))
    if cursor:
        seq, position = (_number(part) for part in pagination.decode(cursor, size=2))
        rows = rows.exclude(seq__gt=seq).exclude(seq=seq, position__lte=position)
    found = list(rows.select_related("message__author").order_by("-seq", "position")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = pagination.encode(last.seq, last.position) if last else None
    return Page(items=[FileRowOut.from_model(row) for row in found[:PAGE]], next=following)


def citations_for(actor: User, node_id: UUID) -> list[CitationOut]:
    """The messages that carry a document which the actor sees, of those that they may read, the latest first."""
    node = documents.node_for(actor, node_id)
    if Room.CHAT not in node.workspace.rooms:
        return []
    scopes = access.visible_scope_ids(actor)
    rows = MessageFile.objects.filter(node=node, channel_id__in=scopes).select_related("message__author", "channel")
    hidden = floors_of(actor.id)
    found = [
        row
        for row in rows.order_by("-message__created_at", "-seq")[: CITATIONS * 4]
        if row.seq > hidden.get(row.channel_id, 0)
    ][:CITATIONS]
    names = {channel.id: title for channel, title in titled(actor, list({row.channel for row in found}))}
    return [
        CitationOut(
            **dict(FileRowOut.from_model(row)),
            workspace_id=row.channel.workspace_id,
            channel_name=names[row.channel_id],
        )
        for row in found
    ]


def citable(actor: User, channel: Channel, ids: Iterable[UUID]) -> list[Node]:
    """The documents of the workspace among these that the actor sees, in the order asked."""
    wanted = list(dict.fromkeys(ids))
    seen = documents.visible_nodes(actor, channel.workspace_id).filter(id__in=wanted, kind=Kind.DOCUMENT)
    nodes = {node.id: node for node in seen}
    return [nodes[id] for id in wanted if id in nodes]


def audience_for(actor: User, channel_id: UUID, ids: Sequence[UUID]) -> list[FileAudienceOut]:
    """How many readers of the conversation do not see these documents; both lists are known to whoever asks."""
    channel = channel_for(actor, channel_id)
    nodes = citable(actor, channel, ids)
    readers = _viewers(channel.id)
    seen = {scope: _viewers(scope) for scope in {node.scope_id for node in nodes}}
    return [FileAudienceOut(node_id=node.id, unseen=len(readers - seen[node.scope_id])) for node in nodes]


def _viewers(scope_id: UUID) -> set[UUID]:
    return set(access.viewers_of_scope(scope_id).values_list("id", flat=True))


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Invalid("invalid_cursor")
    return int(text)
