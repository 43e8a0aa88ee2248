"""What programs say in a channel: by an address that its managers made, never as a person, never with their rights."""

from typing import Any

from django.test import Client

from plano.accounts.actions.robots import PREFIX
from plano.accounts.models import User
from plano.chat.models import ChatPolicy, IncomingHook, Message
from plano.chat.statements import POST
from tests.chat.test_live import fold


def opened(office: Any, who: str = "alice", name: str = "Forge") -> dict[str, Any]:
    answer = office.api(who).post(f"/channels/{office.general.id}/incoming-hooks", {"name": name})
    assert answer.status_code == 201, answer.data
    return dict(answer.data)


def say(made: dict[str, Any] | str, body: Any = None, *, key: str = "", type: str = "application/json") -> Any:
    url = made if isinstance(made, str) else made["url"]
    path = "/api/v1/" + url.partition("/api/v1/")[2]
    headers = {"idempotency-key": key} if key else {}
    return Client().post(path, body if body is not None else {"text": "Construit"}, content_type=type, headers=headers)


def shown(office: Any, who: str = "bruno") -> list[dict[str, Any]]:
    items = office.api(who).get(f"/channels/{office.general.id}/messages").data["items"]
    return [item for item in items if item["system"] is None]


def test_a_program_writes_as_a_robot_that_nobody_takes_for_a_person(office: Any, frames_of: Any) -> None:
    made = opened(office)
    answer = say(made, {"text": "Construit", "username": "Alice Martin", "icon_url": "https://x.example/a.png"})
    assert (answer.status_code, answer.content) == (200, b"ok")
    [message] = shown(office)
    assert message["text"] == "Construit"
    assert message["author"]["name"] == PREFIX + "Forge"
    assert (message["author"]["robot"], message["author"]["guest"]) == (True, False)
    assert office.api("bruno").get(f"/messages/{message['id']}").data == message
    assert fold({}, frames_of(office.general.id), "chat.message")[message["id"]] == message
    lines = office.api("reader").get(f"/channels/{office.general.id}/messages").data["items"]
    told = next(line["system"] for line in lines if line["system"])
    assert (told["verb"], told["people"][0]["name"]) == ("hook_in", PREFIX + "Forge")


def test_the_address_is_told_once_kept_as_a_hash_and_long(office: Any) -> None:
    made = opened(office)
    token = made["url"].rpartition("/")[2]
    assert len(token) * 6 >= 128
    assert token not in str(list(IncomingHook.objects.values()))
    listed = office.api("reader").get(f"/channels/{office.general.id}/hooks").data
    assert listed["incoming"] == [made["hook"]]
    assert token not in str(listed)
    assert (listed["manage"], listed["outgoing_hosts"]) == (False, [])
    assert listed["incoming"][0]["created_by"]["name"] == "Alice Martin"


def test_the_robot_is_no_account(office: Any) -> None:
    made = opened(office)
    robot = User.objects.get(id=made["hook"]["robot"]["id"])
    assert (robot.is_active, robot.has_usable_password(), robot.email) == (False, False, None)
    people = office.api("alice").get(f"/workspaces/{office.workspace.id}/members").data["items"]
    assert str(robot.id) not in str(people)
    named = office.api("bruno").post(
        f"/channels/{office.general.id}/messages", {"text": f"@{robot.name}", "mentions": [str(robot.id)]}
    )
    assert named.status_code == 400


def test_r131_the_same_key_says_it_once(office: Any) -> None:
    made = opened(office)
    for text in ("Construit", "Construit", "Autre"):
        assert say(made, {"text": text}, key="build-7").status_code == 200
    assert say(made, {"text": "Construit"}).status_code == 200
    assert [message["text"] for message in shown(office)] == ["Construit", "Construit"]


def test_it_names_nobody_and_says_addresses_in_the_common_form(office: Any) -> None:
    made = opened(office)
    say(made, {"text": "<!all> @tous @Bruno Lefèvre <https://x.example/1|le journal> <@U1|bruno>"})
    say(made, 'payload={"text": "par formulaire"}', type="application/x-www-form-urlencoded")
    say(made, "text=simple", type="application/x-www-form-urlencoded")
    alert = {"title": "Panne", "title_link": "https://x.example/2", "fallback": "Le pont"}
    say(made, {"text": "", "attachments": [alert, "rien"]})
    first, *rest = reversed(shown(office))
    assert first["mentions"] == []
    assert first["text"] == "all @tous @Bruno Lefèvre [le journal](https://x.example/1) bruno"
    assert [message["text"] for message in rest] == [
        "par formulaire",
        "simple",
        "[Panne](https://x.example/2)\n\nLe pont",
    ]
    assert office.api("bruno").get("/notifications").data["items"] == []


BODIES = [b"", b"[]", b"{", b'"x"', b"\xff", b'{"text": 3}', b'{"text": " "}', b'{"texte": "x"}', b"null", b"{}"]


def test_what_is_no_message_is_refused_and_says_nothing(office: Any) -> None:
    made = opened(office)
    for body in BODIES:
        assert say(made, body).status_code == 400
    assert say(made, {"text": "x" * 20_001}).status_code == 413
    assert say(made, b'{"text": "' + b"x" * 200_000 + b'"}').status_code == 413
    assert shown(office) == []


def test_r138_a_program_that_never_stops_is_slowed(office: Any) -> None:
    made, other = opened(office), opened(office, name="Sonde")
    answers = [say(made).status_code for _ in range(125)]
    assert answers.count(429) in (4, 5)
    assert say(other).status_code == 200


def test_an_address_ends_when_it_is_exchanged_stopped_or_its_channel_is_over(office: Any) -> None:
    made = opened(office)
    manager = office.api("alice")
    hook = f"/incoming-hooks/{made['hook']['id']}"
    again = manager.post(f"{hook}/rotate").data
    assert (say(made).status_code, say(again["url"]).status_code) == (404, 200)
    assert say(again["url"][:-1] + "_").status_code == 404
    assert say("/api/v1/hooks/" + "x" * 43).status_code == 404
    ChatPolicy.objects.create(workspace=office.workspace, webhooks=False)
    assert say(again["url"]).status_code == 403
    assert manager.post(f"/channels/{office.general.id}/incoming-hooks", {"name": "B"}).status_code == 403
    ChatPolicy.objects.update(webhooks=True)
    manager.post(f"/channels/{office.general.id}/archive")
    assert say(again["url"]).status_code == 410
    manager.post(f"/channels/{office.general.id}/reopen")
    assert say(again["url"]).status_code == 200
    assert manager.delete(hook).status_code == 204
    assert (say(again["url"]).status_code, manager.delete(hook).status_code) == (404, 404)
    assert len(shown(office)) == 2


def test_who_made_it_leaves_and_somebody_else_answers_for_it(office: Any) -> None:
    channel = office.api("bruno").post(f"/workspaces/{office.workspace.id}/channels", {"name": "Forge"}).data
    made = office.api("bruno").post(f"/channels/{channel['id']}/incoming-hooks", {"name": "Forge"}).data
    assert made["hook"]["answerable"]
    office.api("alice").delete(f"/workspaces/{office.workspace.id}/members/{office.bruno.id}")
    assert say(made).status_code == 200
    hooks = f"/channels/{channel['id']}/hooks"
    assert not office.api("alice").get(hooks).data["incoming"][0]["answerable"]
    taken = office.api("alice").patch(f"/incoming-hooks/{made['hook']['id']}", {"mine": True, "name": "Sonde"}).data
    assert (taken["answerable"], taken["created_by"]["name"]) == (True, "Alice Martin")
    items = office.api("alice").get(f"/channels/{channel['id']}/messages").data["items"]
    assert [item["author"]["name"] for item in items if item["system"] is None] == [PREFIX + "Sonde"]


def test_its_words_are_for_managers_to_delete_and_for_nobody_to_edit(office: Any) -> None:
    say(opened(office))
    [message] = shown(office)
    assert office.api("alice").patch(f"/messages/{message['id']}", {"text": "x"}).status_code == 403
    assert office.api("bruno").delete(f"/messages/{message['id']}").status_code == 403
    thanks = {"text": "Merci", "thread_id": message["id"]}
    assert office.api("bruno").post(f"/channels/{office.general.id}/messages", thanks).status_code == 201
    assert office.api("alice").delete(f"/messages/{message['id']}").data["text"] == ""
    assert Message.objects.filter(thread_id=message["id"]).count() == 1


def test_sending_asks_nothing_of_hooks() -> None:
    assert "hook" not in POST
