"""Lines that tell what happened in a channel: who came, left, was taken out. They are no news and notify nobody."""

from collections.abc import Collection, Iterable
from uuid import UUID

import orjson

from plano.accounts.models import User
from plano.chat import statements
from plano.chat.live import MESSAGE
from plano.chat.models import Channel, ChannelKind, Message
from plano.chat.schemas import Verb
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.kernel.mentions import noted
from plano.platform.live import Emit
from plano.workspaces.models import AccessScope, Room, ScopeGrant, Workspace

MOST_PLACES = 60
"""Lines that one departure writes at most; a person may be in more channels than a unit of work may tell."""


def say_event(emit: Emit, *, channel_id: UUID, actor: User, verb: Verb, people: Iterable[User] = ()) -> None:
    """One line, numbered like a message, as the last statement of this unit of work."""
    _say(emit, channel_id, actor, verb, noted(list(people)))


def say_hook(emit: Emit, *, channel_id: UUID, actor: User, verb: Verb, id: UUID, name: str) -> None:
    """A program comes in, or what is said here leaves for another service: everybody who reads here is told."""
    _say(emit, channel_id, actor, verb, [{"id": str(id), "name": name}])


def say_arrival(person: User, workspace: Workspace, emit: Emit) -> None:
    """Somebody came into the workspace: told in its first open channel, once people talk there."""
    channel_id = _general(workspace)
    if channel_id and Message.objects.filter(channel_id=channel_id, system__isnull=True).exists():
        say_event(emit, channel_id=channel_id, actor=person, verb="arrived")


def say_farewell(actor: User, person: User, workspace: Workspace, lost: Collection[UUID], emit: Emit) -> None:
    """Somebody left the workspace or was taken out of it: told there, and where they had been by name."""
    verb: Verb = "left_space" if actor.id == person.id else "removed_space"
    people = [] if actor.id == person.id else [person]
    for channel_id in _places(workspace, lost):
        say_event(emit, channel_id=channel_id, actor=actor, verb=verb, people=people)


def say_disabled(person: User, emit: Emit) -> None:
    """An account was closed: told where the person had been by name, and in the first channel of their workspaces."""
    granted = set(ScopeGrant.objects.filter(user=person).values_list("scope_id", flat=True))
    told = 0
    for workspace in Workspace.objects.filter(memberships__user=person, archived_at=None).order_by("id"):
        for channel_id in _places(workspace, granted)[: MOST_PLACES - told]:
            told += 1
            say_event(emit, channel_id=channel_id, actor=person, verb="disabled")


def _say(emit: Emit, channel_id: UUID, actor: User, verb: Verb, people: list[dict[str, str]]) -> None:
    args = {
        "channel": channel_id,
        "id": uuid7(),
        "user": actor.id,
        "at": now(),
        "system": orjson.dumps({"verb": verb, "people": people}).decode(),
    }
    emit.writes(MESSAGE, scope=channel_id, sql=statements.SAY, args=args)


def _places(workspace: Workspace, among: Collection[UUID]) -> list[UUID]:
    """The closed channels and conversations among these scopes, the latest first, and the first open channel."""
    closed = AccessScope.objects.filter(id__in=among, workspace=workspace, open=False).values("id")
    found = Channel.objects.filter(id__in=closed, archived_at=None).exclude(kind=ChannelKind.MEETING)
    general = _general(workspace)
    ids = list(found.order_by("-updated_at").values_list("id", flat=True)[: MOST_PLACES - 1])
    return [*([general] if general else []), *ids]


def _general(workspace: Workspace) -> UUID | None:
    if Room.CHAT not in workspace.rooms:
        return None
    opened = AccessScope.objects.filter(workspace=workspace, open=True).values("id")
    found = Channel.objects.filter(id__in=opened, kind=ChannelKind.CHANNEL, archived_at=None)
    return found.order_by("created_at").values_list("id", flat=True).first()
