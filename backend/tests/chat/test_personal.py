"""Marks, levels, mentions and drafts: one person's, the same on all their devices."""

from typing import Any

from plano.chat.models import Message


def mark(api: Any, office: Any) -> dict[str, Any]:
    [found] = [item for item in api.get("/unread").data["items"] if item["channel_id"] == str(office.general.id)]
    return dict(found)


def test_unread_counts_what_others_said_since_the_mark_on_both_devices(office: Any, say: Any, frames_of: Any) -> None:
    first = say("bruno", "un")
    say("bruno", "deux")
    say("chloe", "la mienne")
    desk, phone = office.api("chloe"), office.api("chloe")
    assert (mark(desk, office)["unread"], mark(phone, office)["unread"]) == (2, 2)

    answer = desk.put(f"/channels/{office.general.id}/mark", {"seq": first["seq"]})

    assert (answer.data["seq"], answer.data["unread"]) == (first["seq"], 1)
    assert mark(phone, office) == answer.data
    assert frames_of(office.chloe.id, "chat.mark")[-1]["data"] == answer.data


def test_an_old_device_does_not_move_the_mark_back_unless_asked(office: Any, say: Any) -> None:
    numbers = [say("bruno", f"{n}")["seq"] for n in range(3)]
    api, path = office.api("chloe"), f"/channels/{office.general.id}/mark"
    api.put(path, {"seq": numbers[2]})

    assert api.put(path, {"seq": numbers[0]}).data["seq"] == numbers[2]
    assert api.put(path, {"seq": numbers[0], "back": True}).data["unread"] == 2


def test_a_mark_never_passes_the_last_message(office: Any, say: Any) -> None:
    last = say("bruno", "un")["seq"]

    assert office.api("chloe").put(f"/channels/{office.general.id}/mark", {"seq": 10**12}).data["seq"] == last
    say("bruno", "deux")
    assert mark(office.api("chloe"), office)["unread"] == 1


def test_a_newcomer_owes_nothing_to_the_past(office: Any, say: Any) -> None:
    from plano.platform.live import unit_of_work
    from plano.workspaces import actions
    from plano.workspaces.models import Role
    from tests.factories.people import make_user

    last = say("bruno", "avant")
    newcomer = make_user(name="Farid Benali")
    with unit_of_work() as emit:
        actions.join(emit=emit, workspace=office.workspace, user=newcomer, role=Role.MEMBER)
    office.newcomer = newcomer
    api = office.api("newcomer")

    arrival = last["seq"] + 1  # the line that tells of it is no news
    assert (mark(api, office)["unread"], mark(api, office)["seq"]) == (0, arrival)
    say("bruno", "après")
    assert (mark(api, office)["unread"], mark(api, office)["seq"]) == (1, arrival)


def test_at_most_a_hundred_are_counted(office: Any, say: Any) -> None:
    for n in range(103):
        say("bruno", f"{n}")

    assert mark(office.api("chloe"), office)["unread"] == 100


def test_replies_of_threads_do_not_count_in_the_channel(office: Any, say: Any) -> None:
    root = say("bruno", "un")
    say("alice", "deux", thread_id=root["id"])

    assert mark(office.api("chloe"), office)["unread"] == 1


def test_a_mention_counts_and_notifies_until_it_is_read(office: Any, say: Any) -> None:
    from plano.chat import queries

    made = say("bruno", "@Chloé Nguyen, pouvez-vous relire ?", mentions=[str(office.chloe.id)])
    api = office.api("chloe")

    assert made["mentions"] == [{"id": str(office.chloe.id), "name": "Chloé Nguyen"}]
    assert mark(api, office)["mentions"] == 1
    assert [m.id for m in queries.unread_mentions_for(office.chloe)] == [Message.objects.get().id]
    told = api.get("/notifications").data
    assert [(n["kind"], n["link_kind"], n["link_id"]) for n in told["items"]] == [
        ("mention", "chat.message", made["id"])
    ]

    api.put(f"/channels/{office.general.id}/mark", {"seq": made["seq"]})

    assert mark(api, office)["mentions"] == 0
    assert api.get("/notifications").data["unread"] == 0
    assert queries.unread_mentions_for(office.chloe) == []


def test_a_mention_whose_name_is_not_in_the_text_names_nobody(office: Any, say: Any) -> None:
    assert say("bruno", "Bonjour", mentions=[str(office.chloe.id)])["mentions"] == []
    assert office.api("chloe").get("/notifications").data["items"] == []


def test_a_mention_added_by_an_edit_notifies_once(office: Any, say: Any) -> None:
    made = say("bruno", "Qui relit ?")
    api, path = office.api("bruno"), f"/messages/{made['id']}"
    api.patch(path, {"text": "@Chloé Nguyen relit ?", "mentions": [str(office.chloe.id)]})
    api.patch(path, {"text": "@Chloé Nguyen relit, n’est-ce pas ?", "mentions": [str(office.chloe.id)]})
    kept = api.patch(path, {"text": "@Chloé Nguyen relit."}).data

    assert [named["name"] for named in kept["mentions"]] == ["Chloé Nguyen"]
    assert len(office.api("chloe").get("/notifications").data["items"]) == 1


def test_a_muted_channel_does_not_notify(office: Any, say: Any, frames_of: Any) -> None:
    api = office.api("chloe")
    answer = api.put(f"/channels/{office.general.id}/level", {"level": "nothing"})
    say("bruno", "@Chloé Nguyen ?", mentions=[str(office.chloe.id)])

    assert answer.data["level"] == "nothing"
    assert frames_of(office.chloe.id, "chat.mark")[-1]["data"] == answer.data
    assert api.get("/notifications").data["items"] == []


def test_a_draft_is_kept_for_all_devices_and_forgotten(office: Any, frames_of: Any) -> None:
    api, path = office.api("chloe"), f"/channels/{office.general.id}/draft"
    first = api.put(path, {"text": "Je pense"})
    second = api.put(path, {"text": "Je pense que"})

    assert (first.data["version"], second.data["version"]) == (1, 2)
    assert office.api("chloe").get("/drafts").data["items"] == [second.data]
    assert office.api("bruno").get("/drafts").data["items"] == []
    assert api.delete(path).status_code == 204
    assert api.get("/drafts").data["items"] == []
    frames = frames_of(office.chloe.id, "chat.draft")
    assert [frame["op"] for frame in frames] == ["changed", "changed", "removed"]
    assert frames[-1]["data"] == {"id": first.data["id"], "parent_id": str(office.general.id)}


def test_each_thread_has_a_draft_of_its_own(office: Any, say: Any) -> None:
    root = say("bruno", "Qui ?")
    api, path = office.api("chloe"), f"/channels/{office.general.id}/draft"
    api.put(path, {"text": "au canal"})
    api.put(path, {"text": "au fil", "thread_id": root["id"]})
    api.delete(f"{path}?thread_id={root['id']}")

    assert [d["text"] for d in api.get("/drafts").data["items"]] == ["au canal"]


def test_an_empty_draft_is_none(office: Any) -> None:
    api, path = office.api("chloe"), f"/channels/{office.general.id}/draft"
    api.put(path, {"text": "x"})

    assert api.put(path, {"text": "  "}).status_code == 204
    assert api.get("/drafts").data["items"] == []
