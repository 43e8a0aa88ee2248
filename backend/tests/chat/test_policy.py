"""What the managers of a workspace decide about edits, deletions and pins holds for everybody, at once."""

from datetime import timedelta
from typing import Any

import pytest

from plano.chat.models import Message
from plano.kernel.clock import now
from plano.notifications.models import Notification
from plano.platform.audit.models import Entry


def rules(office: Any, **changes: Any) -> Any:
    return office.api("alice").patch(f"/workspaces/{office.workspace.id}/chat-policy", changes)


def texts(office: Any, who: str = "reader", query: str = "") -> list[str]:
    items = office.api(who).get(f"/channels/{office.general.id}/messages{query}").data["items"]
    return [item["text"] for item in items]


def older(message: Any, **age: float) -> None:
    Message.objects.filter(id=message["id"]).update(created_at=now() - timedelta(**age))


def mine(office: Any, who: str) -> Any:
    return office.api(who).get(f"/channels/{office.general.id}").data["mine"]["abilities"]


def test_without_a_decision_the_defaults_hold_and_a_guest_reads_them(office: Any) -> None:
    found = office.api("guest").get(f"/workspaces/{office.workspace.id}/chat-policy").data

    expected = {
        "workspace_id": str(office.workspace.id), "edits": "always", "edit_minutes": 15, "traces": True,
        "revisions": True, "pins": "members", "exports": False, "webhooks": True, "version": 1,
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_a_change_is_told_to_members_and_guests_and_stands_in_the_audit_log(office: Any, frames_of: Any) -> None:
    changed = rules(office, edits="minutes", edit_minutes=5).data

    assert (changed["edits"], changed["edit_minutes"]) == ("minutes", 5)
    for scope in (office.workspace.id, office.guest.id):
        assert frames_of(scope, "chat.policy")[-1]["data"] == changed
    entry = Entry.objects.filter(action="workspace.chat_policy_changed").get()
    assert entry.details == {"edits": "always → minutes", "edit_minutes": "15 → 5"}
    assert rules(office, edits="minutes").data == changed
    assert rules(office, traces=False).data["version"] == changed["version"] + 1
    assert rules(office, edit_minutes=0).status_code == 400


def test_words_may_be_changed_for_some_minutes_and_never_again(office: Any, say: Any) -> None:
    fresh, old = say("bruno", "à l'instant"), say("bruno", "hier")
    older(old, minutes=16)
    api = office.api("bruno")
    assert mine(office, "bruno")["edit_minutes"] is None
    rules(office, edits="minutes")
    assert mine(office, "bruno")["edit_minutes"] == 15

    assert api.patch(f"/messages/{fresh['id']}", {"text": "corrigé"}).status_code == 200
    late = api.patch(f"/messages/{old['id']}", {"text": "autre chose"})
    assert (late.status_code, late.data["code"]) == (403, "edit_time_is_over")
    assert "hier" in texts(office)

    rules(office, edits="never")
    none = api.patch(f"/messages/{fresh['id']}", {"text": "encore"})
    assert (none.status_code, none.data["code"]) == (403, "edits_are_off")
    assert mine(office, "bruno")["own"] == {"edit": False, "delete": True}


def test_what_a_message_said_before_is_hidden_where_it_shall_be(office: Any, say: Any) -> None:
    made = say("bruno", "brouillon")
    office.api("bruno").patch(f"/messages/{made['id']}", {"text": "définitif"})
    rules(office, revisions=False)

    hidden = office.api("bruno").get(f"/messages/{made['id']}/revisions")

    assert (hidden.status_code, hidden.data["code"]) == (403, "revisions_are_hidden")
    assert mine(office, "bruno")["revisions"] is False


def test_only_managers_pin_where_it_is_so_but_two_people_pin_between_themselves(office: Any, say: Any) -> None:
    rules(office, pins="managers")
    made = say("bruno", "à garder")
    refused = office.api("bruno").put(f"/messages/{made['id']}/pin")
    assert (refused.status_code, refused.data["code"]) == (403, "pins_are_for_managers")
    assert (mine(office, "bruno")["pin"], mine(office, "alice")["pin"]) == (False, True)
    assert office.api("alice").put(f"/messages/{made['id']}/pin").status_code == 200

    body = {"user_id": str(office.chloe.id)}
    talk = office.api("bruno").post(f"/workspaces/{office.workspace.id}/conversations", body).data
    assert talk["mine"]["abilities"]["pin"] is True
    said = office.api("bruno").post(f"/channels/{talk['id']}/messages", {"text": "entre nous"}).data
    assert office.api("bruno").put(f"/messages/{said['id']}/pin").status_code == 200


def test_without_traces_a_deleted_message_leaves_every_screen_and_every_count(
    office: Any, say: Any, frames_of: Any
) -> None:
    rules(office, traces=False)
    say("bruno", "reste")
    made = say("bruno", "part")
    path, api = f"/messages/{made['id']}", office.api("bruno")

    assert api.delete(path).status_code == 204

    last = frames_of(office.general.id, "chat.message")[-1]
    removed = {"id": made["id"], "parent_id": str(office.general.id)}
    assert (last["op"], {key: last["data"][key] for key in removed}) == ("removed", removed)
    assert "part" not in str(frames_of(office.general.id))
    assert texts(office) == texts(office, query="?after=0") == ["reste"]
    [place] = [one for one in office.api("chloe").get("/unread").data["items"] if one["unread"]]
    assert place["unread"] == 1
    for gone in (api.get(path), api.get(f"/channels/{office.general.id}/messages?around={made['id']}")):
        assert gone.status_code == 404
    again = api.post(f"/channels/{office.general.id}/messages", {"text": "part", "id": made["id"]})
    assert (again.status_code, again.data["code"]) == (409, "message_deleted"), "an old outbox does not bring it back"


def test_without_traces_a_thread_counts_anew_and_goes_with_its_last_answer(office: Any, say: Any) -> None:
    rules(office, traces=False)
    root = say("bruno", "question")
    path = f"/channels/{office.general.id}/messages"
    one, two = (
        office.api(who).post(path, {"text": f"réponse de {who}", "thread_id": root["id"]}).data
        for who in ("chloe", "alice")
    )

    office.api("alice").delete(f"/messages/{two['id']}")
    now_root = office.api("bruno").get(f"/messages/{root['id']}").data
    assert (now_root["reply_count"], now_root["repliers"]) == (1, [str(office.chloe.id)])
    assert now_root["last_reply_at"] == one["created_at"]

    kept = office.api("bruno").delete(f"/messages/{root['id']}")
    assert kept.data["deleted_at"] is not None, "others answered: its place stays"
    office.api("chloe").delete(f"/messages/{one['id']}")
    assert texts(office) == []
    assert office.api("bruno").get(f"/workspaces/{office.workspace.id}/threads").data["items"] == []


@pytest.mark.parametrize("traces", [True, False])
def test_a_notification_says_what_the_message_says_now(office: Any, frames_of: Any, traces: bool) -> None:
    rules(office, traces=traces)
    path, chloe = f"/channels/{office.general.id}/messages", str(office.chloe.id)
    body = {"text": "@Chloé Nguyen le code est 1234", "mentions": [chloe]}
    made = office.api("bruno").post(path, body).data
    office.api("bruno").patch(f"/messages/{made['id']}", {"text": "@Chloé Nguyen voir le coffre", "mentions": [chloe]})

    told = Notification.objects.get(user=office.chloe)
    assert (told.title, told.read_at) == ("@Chloé Nguyen voir le coffre", None)
    assert frames_of(office.chloe.id, "notifications.notification")[-1]["data"]["title"] == told.title

    office.api("bruno").delete(f"/messages/{made['id']}")
    told.refresh_from_db()
    assert (told.title, told.read_at is not None) == ("", True)
