"""The answers of the conversations' routes, by role."""

from datetime import date, timedelta
from typing import Any

from plano.chat import actions, limits
from plano.chat.actions import incoming
from plano.chat.models import Channel, ChatPolicy, OutgoingHook
from plano.documents import actions as documents
from plano.documents.models import Kind as NodeKind
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from tests.architecture.matrix import Cell, World, everybody, expect


def general(world: World, role: str) -> dict[str, Any]:
    limits.forget()
    channel = Channel.objects.get(workspace=world.workspace, kind="channel")
    return {"channel_id": channel.id, "workspace_id": world.workspace.id, "user_id": world.bystander.id}


def message(world: World, role: str) -> dict[str, Any]:
    """A message of the asking person, where they may write; else of somebody else."""
    values = general(world, role)
    author = world.person(role if role in ("member", "manager") else "member")
    id = uuid7()
    actions.post_message(actor=author, channel_id=values["channel_id"], id=id, text="Bonjour")
    return {**values, "message_id": id, "emoji": "👍"}


def poll(world: World, role: str) -> dict[str, Any]:
    """A poll of the asking person, where they may write; else of somebody else."""
    values = general(world, role)
    author = world.person(role if role in ("member", "manager") else "member")
    id = uuid7()
    actions.ask(actor=author, channel_id=values["channel_id"], id=id, question="Quand ?", options=["14 h", "15 h"])
    return {**values, "message_id": id}


def decision(world: World, role: str) -> dict[str, Any]:
    """A decision that the asking person noted, where they may write; else somebody else."""
    values = general(world, role)
    author = world.person(role if role in ("member", "manager") else "member")
    id, day = uuid7(), date(2026, 3, 3)
    actions.note_decision(actor=author, channel_id=values["channel_id"], id=id, text="La salle B", decided_on=day)
    return {**values, "decision_id": id}


def incoming_hook(world: World, role: str) -> dict[str, Any]:
    """A robot that a manager made."""
    values = general(world, role)
    hook, token = incoming.open_incoming(
        actor=world.person("manager"), channel_id=values["channel_id"], id=uuid7(), name="Forge"
    )
    return {**values, "hook_id": hook.id, "token": token}


def outgoing_hook(world: World, role: str) -> dict[str, Any]:
    """A service of nowhere, which somebody is told of."""
    values = general(world, role)
    at = {"since": 0, "seq": 0, "created_by": world.person("manager")}
    hook = OutgoingHook.objects.create(channel_id=values["channel_id"], name="Ici", url="https://hooks.example/", **at)
    return {**values, "hook_id": hook.id}


def soon() -> str:
    return (now() + timedelta(hours=1)).isoformat()


def scheduled(world: World, role: str) -> dict[str, Any]:
    """A message that waits, of the asking person where they may write; else of somebody else."""
    values = general(world, role)
    author = world.person(role if role in ("member", "manager") else "member")
    at = now() + timedelta(hours=1)
    row = actions.schedule(actor=author, channel_id=values["channel_id"], id=uuid7(), text="Bonjour", at=at)
    return {**values, "scheduled_id": row.id}


def guest_inside(world: World, role: str) -> dict[str, Any]:
    """A guest was let in by name."""
    values = general(world, role)
    person = world.person("guest")
    actions.let_in(actor=world.person("manager"), channel_id=values["channel_id"], user_id=person.id)
    return {**values, "user_id": person.id}


def exportable(world: World, role: str) -> dict[str, Any]:
    """The workspace lets its managers take copies."""
    ChatPolicy.objects.create(workspace=world.workspace, exports=True)
    return general(world, role)


def empty(world: World, values: dict[str, Any]) -> dict[str, Any]:
    return {}


readers = expect(reader=200, member=200, manager=200)
writers = expect(reader=403, member=201, manager=201)
managers = expect(reader=403, member=403, manager=200)
one_channel = "/channels/{channel_id}"
one_message = "/messages/{message_id}"
one_incoming, one_outgoing = "/incoming-hooks/{hook_id}", "/outgoing-hooks/{hook_id}"
makers = expect(reader=403, member=403, manager=201)


def posted_file(world: World, role: str) -> dict[str, Any]:
    """A document of the library that the channel's people see."""
    values = general(world, role)
    node = documents.create_node(
        actor=world.person("member"),
        workspace_id=world.workspace.id,
        id=uuid7(),
        kind=NodeKind.DOCUMENT,
        name=f"{role}.txt",
    )
    return {**values, "node_id": node.id}


ROUTES = [
    Cell("PUT", "/channels/{channel_id}/folder", expect(reader=403, member=200, manager=200), fill=general),
    Cell("GET", "/channels/{channel_id}/files", readers, fill=general),
    Cell(
        "POST",
        "/channels/{channel_id}/files/audience",
        readers,
        fill=posted_file,
        body=lambda world, values: {"files": [str(values["node_id"])]},
    ),
    Cell(
        "DELETE",
        "/channels/{channel_id}/files/{node_id}",
        expect(reader=204, member=204, manager=204),
        fill=posted_file,
    ),
    Cell("GET", "/nodes/{node_id}/citations", readers, fill=posted_file),
    Cell("GET", "/workspaces/{workspace_id}/channels", expect(guest=200, reader=200, member=200, manager=200)),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/channels",
        expect(guest=403, reader=403, member=201, manager=201),
        body=lambda world, values: {"name": "Astreintes"},
    ),
    Cell(
        "POST",
        "/workspaces/{workspace_id}/conversations",
        expect(guest=201, reader=201, member=201, manager=201),
        body=lambda world, values: {"user_id": str(world.bystander.id)},
    ),
    Cell("GET", one_channel, readers, fill=general),
    Cell("GET", one_channel + "/hooks", readers, fill=general),
    Cell("POST", one_channel + "/incoming-hooks", makers, fill=general, body=lambda world, values: {"name": "Forge"}),
    Cell("PATCH", one_incoming, managers, fill=incoming_hook, body=lambda world, values: {"name": "Sonde"}),
    Cell("POST", one_incoming + "/rotate", managers, fill=incoming_hook),
    Cell("DELETE", one_incoming, expect(reader=403, member=403, manager=204), fill=incoming_hook),
    Cell(
        "POST",
        one_channel + "/outgoing-hooks",
        expect(reader=403, member=403, manager=403),
        fill=general,
        body=lambda world, values: {"name": "Ici", "url": "https://hooks.example/"},
    ),
    Cell("PATCH", one_outgoing, managers, fill=outgoing_hook, body=lambda world, values: {"mine": True}),
    Cell("POST", one_outgoing + "/rotate", managers, fill=outgoing_hook),
    Cell("POST", one_outgoing + "/ping", managers, fill=outgoing_hook),
    Cell("POST", one_outgoing + "/resume", managers, fill=outgoing_hook),
    Cell("DELETE", one_outgoing, expect(reader=403, member=403, manager=204), fill=outgoing_hook),
    Cell("GET", one_outgoing + "/deliveries", managers, fill=outgoing_hook),
    Cell(
        "POST",
        "/hooks/{token}",
        everybody(200, anonymous=200),
        fill=incoming_hook,
        body=lambda world, values: {"text": "Construit"},
    ),
    Cell("PATCH", one_channel, managers, fill=general, body=lambda world, values: {"topic": "De tout"}),
    Cell("POST", one_channel + "/archive", managers, fill=general),
    Cell("POST", one_channel + "/reopen", managers, fill=general),
    Cell("GET", one_channel + "/members", readers, fill=general),
    Cell(
        "POST",
        one_channel + "/members",
        expect(reader=403, member=403, manager=201),
        fill=general,
        body=lambda world, values: {"user_id": str(world.person("guest").id)},
    ),
    Cell(
        "DELETE",
        one_channel + "/members/{user_id}",
        expect(guest=204, reader=403, member=403, manager=204),
        fill=guest_inside,
    ),
    Cell("GET", one_channel + "/messages", readers, fill=general),
    Cell("POST", one_channel + "/messages", writers, fill=general, body=lambda world, values: {"text": "Bonjour"}),
    Cell("GET", one_message, readers, fill=message),
    Cell(
        "PATCH",
        one_message,
        expect(reader=403, member=200, manager=200),
        fill=message,
        body=lambda world, values: {"text": "Bonsoir"},
    ),
    Cell("DELETE", one_message, expect(reader=403, member=200, manager=200), fill=message),
    Cell("GET", one_message + "/revisions", readers, fill=message),
    Cell("PUT", one_message + "/reactions/{emoji}", expect(reader=403, member=200, manager=200), fill=message),
    Cell("DELETE", one_message + "/reactions/{emoji}", expect(reader=403, member=200, manager=200), fill=message),
    Cell("GET", one_message + "/reactions", readers, fill=message),
    Cell("GET", "/reactions/frequent", everybody(200)),
    Cell("GET", one_channel + "/pins", readers, fill=general),
    Cell("PUT", one_message + "/pin", expect(reader=403, member=200, manager=200), fill=message),
    Cell("DELETE", one_message + "/pin", expect(reader=403, member=200, manager=200), fill=message),
    Cell("GET", "/workspaces/{workspace_id}/threads", expect(guest=200, reader=200, member=200, manager=200)),
    Cell("GET", one_message + "/follow", readers, fill=message),
    Cell("PUT", one_message + "/follow", readers, fill=message),
    Cell("DELETE", one_message + "/follow", readers, fill=message),
    Cell(
        "POST",
        one_channel + "/polls",
        writers,
        fill=general,
        body=lambda world, values: {"question": "Quand ?", "options": ["14 h", "15 h"]},
    ),
    Cell("GET", one_message + "/vote", readers, fill=poll),
    Cell(
        "PUT",
        one_message + "/vote",
        expect(reader=403, member=200, manager=200),
        fill=poll,
        body=lambda world, values: {"options": [0]},
    ),
    Cell("POST", one_message + "/close", expect(reader=403, member=200, manager=200), fill=poll),
    Cell("GET", "/workspaces/{workspace_id}/decisions", expect(guest=200, reader=200, member=200, manager=200)),
    Cell("GET", "/workspaces/{workspace_id}/decisions/export", expect(guest=200, reader=200, member=200, manager=200)),
    Cell(
        "POST",
        one_channel + "/decisions",
        writers,
        fill=general,
        body=lambda world, values: {"text": "Nous retenons la salle B.", "decided_on": "2026-03-03"},
    ),
    Cell("GET", "/decisions/{decision_id}", readers, fill=decision),
    Cell("GET", "/decisions/{decision_id}/changes", readers, fill=decision),
    Cell(
        "PATCH",
        "/decisions/{decision_id}",
        expect(reader=403, member=200, manager=200),
        fill=decision,
        body=lambda world, values: {"status": "cancelled"},
    ),
    Cell("GET", one_channel + "/availability", readers, fill=general),
    Cell("PUT", one_channel + "/mark", readers, fill=general, body=lambda world, values: {"seq": 1}),
    Cell("PUT", one_channel + "/level", readers, fill=general, body=lambda world, values: {"level": "mentions"}),
    Cell(
        "PUT",
        one_channel + "/draft",
        expect(reader=403, member=200, manager=200),
        fill=general,
        body=lambda world, values: {"text": "Je pense que"},
    ),
    Cell("DELETE", one_channel + "/draft", expect(reader=204, member=204, manager=204), fill=general),
    Cell("GET", "/workspaces/{workspace_id}/chat-policy", expect(guest=200, reader=200, member=200, manager=200)),
    Cell(
        "PATCH",
        "/workspaces/{workspace_id}/chat-policy",
        expect(guest=403, reader=403, member=403, manager=200),
        body=lambda world, values: {"pins": "managers"},
    ),
    Cell(
        "POST",
        one_channel + "/scheduled",
        writers,
        fill=general,
        body=lambda world, values: {"text": "Bonjour", "at": soon()},
    ),
    Cell("GET", "/scheduled", everybody(200)),
    Cell(
        "PATCH",
        "/scheduled/{scheduled_id}",
        expect(reader=404, member=200, manager=200),
        fill=scheduled,
        body=lambda world, values: {"text": "Bonsoir"},
    ),
    Cell("DELETE", "/scheduled/{scheduled_id}", expect(reader=404, member=204, manager=204), fill=scheduled),
    Cell("POST", "/scheduled/{scheduled_id}/send", expect(reader=404, member=204, manager=204), fill=scheduled),
    Cell("PUT", one_message + "/reminder", readers, fill=message, body=lambda world, values: {"at": soon()}),
    Cell("GET", "/reminders", everybody(200)),
    Cell("DELETE", "/reminders/{reminder_id}", everybody(204), fill=lambda world, role: {"reminder_id": uuid7()}),
    Cell("GET", "/chat-preferences", everybody(200)),
    Cell("PATCH", "/chat-preferences", everybody(200), body=lambda world, values: {"send_key": "ctrl_enter"}),
    Cell("GET", "/drafts", everybody(200)),
    Cell("GET", "/unread", everybody(200)),
    Cell("GET", one_channel + "/exports", readers, fill=general),
    Cell("POST", one_channel + "/exports", expect(reader=403, member=403, manager=202), fill=exportable, body=empty),
    Cell("GET", "/messages/search", everybody(200), query="?q=bonjour"),
]
