"""From talk to work: a message becomes a task, an event or a decision with links both ways; the register (E10)."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from odf import teletype
from odf.opendocument import load
from odf.text import P

from plano.chat.models import Decision, Message
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.platform.live.models import Stream
from tests.chat.conftest import make_office
from tests.chat.test_live import fold, messages, together
from tests.factories.workspaces import make_workspace

DAY = "2026-03-03"


def origin(message: dict[str, Any]) -> dict[str, str]:
    return {"kind": "chat.message", "id": message["id"]}


def add_task(office: Any, who: str, message: dict[str, Any], **fields: Any) -> Any:
    body = {"title": "Relire la note", "origin": origin(message), **fields}
    return office.api(who).post(f"/workspaces/{office.workspace.id}/tasks", body)


def note(office: Any, who: str = "bruno", text: str = "Nous retenons la salle B.", **fields: Any) -> Any:
    channel = fields.pop("channel", office.general.id)
    return office.api(who).post(f"/channels/{channel}/decisions", {"text": text, "decided_on": DAY, **fields})


def register(office: Any, who: str, query: str = "") -> Any:
    return office.api(who).get(f"/workspaces/{office.workspace.id}/decisions{query}").data


def private(office: Any, *who: str, **fields: Any) -> str:
    body = {"name": "Cabinet", "open": False, "members": [str(getattr(office, one).id) for one in who], **fields}
    return str(office.api("bruno").post(f"/workspaces/{office.workspace.id}/channels", body).data["id"])


def shown(office: Any, who: str, message: dict[str, Any]) -> Any:
    return office.api(who).get(f"/messages/{message['id']}").data["made"]


def states(office: Any, who: str, made: list[dict[str, str]]) -> Any:
    found = []
    for one in made:
        found += office.api(who).get(f"/references/states?kind={one['kind']}&id={one['id']}").data["items"]
    return found


def test_a_message_and_what_is_made_of_it_keep_each_other(office: Any, say: Any, frames_of: Any) -> None:
    message = say("chloe", "Il faut relire la note avant jeudi")
    before = Stream.objects.get(id=office.general.id).seq
    task = add_task(office, "bruno", message).data
    start = "2026-12-04T09:00"
    path = f"/workspaces/{office.workspace.id}/events"
    event = office.api("bruno").post(path, {"title": "Relecture", "start": start, "origin": origin(message)}).data
    decision = note(office, origin=origin(message)).data
    assert task["origin"] == event["origin"] == decision["origin"] == origin(message)
    made = [
        {"kind": "tasks.task", "id": task["id"]},
        {"kind": "event", "id": event["id"]},
        {"kind": "chat.decision", "id": decision["id"]},
    ]
    assert shown(office, "chloe", message) == made
    later = [frame for frame in frames_of(office.general.id) if frame["seq"] > before]
    assert fold({message["id"]: message}, later, "chat.message") == messages(office.api("chloe"), office.general.id)
    assert [one["title"] for one in states(office, "chloe", made)] == [
        "Relire la note",
        "Relecture",
        "Nous retenons la salle B.",
    ]
    assert office.api("chloe").get(f"/workspaces/{office.workspace.id}/events?from=2026-12-04&to=2026-12-05").data[
        "items"
    ][0]["origin"] == origin(message)

    office.api("chloe").patch(f"/tasks/{task['id']}", {"completed": True})
    assert states(office, "bruno", made[:1])[0]["done"] is True
    office.api("chloe").delete(f"/tasks/{task['id']}")
    assert shown(office, "bruno", message) == made[1:]
    office.api("alice").post(f"/tasks/{task['id']}/restore")
    assert shown(office, "bruno", message) == [*made[1:], made[0]]
    office.api("bruno").delete(f"/events/{event['id']}")
    assert [one["kind"] for one in shown(office, "bruno", message)] == ["chat.decision", "tasks.task"]
    office.api("bruno").post(f"/events/{event['id']}/restore")
    assert len(shown(office, "bruno", message)) == 3

    office.api("chloe").delete(f"/messages/{message['id']}")
    assert shown(office, "bruno", message) == []
    assert office.api("bruno").get(f"/tasks/{task['id']}").data["origin"] == origin(message)
    office.api("alice").delete(f"/tasks/{task['id']}")  # its source is a trace by now: nothing comes back to it
    office.api("alice").post(f"/tasks/{task['id']}/restore")
    assert shown(office, "bruno", message) == []


def test_made_once_however_often_it_is_sent(office: Any, say: Any) -> None:
    message, id = say("bruno", "Une fois"), str(uuid7())
    first = add_task(office, "bruno", message, id=id)
    again = add_task(office, "bruno", message, id=id)
    assert (first.status_code, again.data) == (201, first.data)
    assert shown(office, "bruno", message) == [{"kind": "tasks.task", "id": id}]
    for _ in range(19):
        assert add_task(office, "bruno", message).status_code == 201
    full = add_task(office, "bruno", message)
    assert (full.status_code, full.data["code"]) == (409, "too_many_made")
    assert office.api("bruno").get(f"/workspaces/{office.workspace.id}/tasks").data["items"][-1]["origin"]


def test_r004_nothing_is_made_of_what_one_does_not_see(office: Any, say: Any) -> None:
    channel = private(office, "chloe")
    hidden = say("chloe", "Entre nous", channel=channel)
    gone = say("chloe", "ôté")
    office.api("chloe").delete(f"/messages/{gone['id']}")
    elsewhere = make_workspace(manager=office.bruno, name="Ailleurs")
    stranger = {"kind": "chat.message", "id": str(uuid7())}
    answers = [
        add_task(office, "alice", hidden),
        add_task(office, "alice", gone),
        add_task(office, "alice", stranger),
    ]
    assert {(one.status_code, one.data["code"]) for one in answers} == {(400, "origin_not_found")}
    assert len({one.data["title"] for one in answers}) == 1
    wrong = office.api("bruno").post(
        f"/workspaces/{elsewhere.id}/tasks", {"title": "x", "origin": origin(say("bruno", "ici"))}
    )
    assert wrong.data["code"] == "origin_elsewhere"
    unknown = add_task(office, "bruno", say("bruno", "a"), origin={"kind": "accounts.user", "id": str(uuid7())})
    assert unknown.data["code"] == "origin_not_found"
    assert Message.objects.get(id=hidden["id"]).made == []


def test_r006_who_sees_the_task_and_not_the_message_and_the_other_way(office: Any, say: Any) -> None:
    channel = private(office, "chloe", "guest")
    message = say("chloe", "Le secret du cabinet", channel=channel)
    task = add_task(office, "bruno", message, title="Préparer la note").data
    made = [{"kind": "tasks.task", "id": task["id"]}]
    # alice works here and is not in the channel: the task, and of its source the id alone
    seen = office.api("alice").get(f"/tasks/{task['id']}").data
    assert seen["origin"] == origin(message)
    assert "secret" not in str(seen)
    assert office.api("alice").get(f"/messages/{message['id']}").status_code == 404
    assert office.api("alice").get(f"/references?kind=chat.message&id={message['id']}").data["items"] == []
    # the guest is in the channel and not on the board
    assert shown(office, "guest", message) == made
    assert states(office, "guest", made) == []
    assert office.api("guest").get(f"/tasks/{task['id']}").status_code == 404
    # somebody who restores a task need not see where it comes from
    office.api("alice").delete(f"/tasks/{task['id']}")
    assert shown(office, "chloe", message) == []
    assert office.api("alice").post(f"/tasks/{task['id']}/restore").status_code == 200
    assert shown(office, "chloe", message) == made


def test_who_may_make_work_of_talk(office: Any, say: Any) -> None:
    message = say("bruno", "À faire")
    assert add_task(office, "reader", message).status_code == 403
    assert note(office, "reader").status_code == 403
    assert note(office, "guest").status_code == note(office, "outsider").status_code == 404
    channel = private(office, "guest")
    assert note(office, "guest", channel=channel).status_code == 201
    office.api("bruno").post(f"/channels/{channel}/archive")
    archived = note(office, channel=channel)
    assert (archived.status_code, archived.data["code"]) == (403, "channel_archived")
    old = say("bruno", "avant l’archive")
    office.api("alice").post(f"/workspaces/{office.workspace.id}/archive")
    assert add_task(office, "bruno", old).data["code"] == note(office).data["code"] == "workspace_archived"
    assert register(office, "bruno")["abilities"][channel] == {"note": False, "own": False, "others": False}


def test_r006_the_register_shows_what_one_reads_and_its_numbers_tell_nothing(office: Any, say: Any) -> None:
    channel = private(office, "chloe")
    first = note(office, text="Publique").data
    hidden = note(office, text="Le chantier secret", channel=channel).data
    second = note(office, text="Publique aussi").data
    assert [first["number"], hidden["number"], second["number"]] == [1, 1, 2]
    assert {one["id"] for one in register(office, "alice")["items"]} == {first["id"], second["id"]}
    assert {one["id"] for one in register(office, "chloe")["items"]} == {first["id"], second["id"], hidden["id"]}
    assert register(office, "guest")["items"] == []
    for path in ("", "/changes"):
        assert office.api("alice").get(f"/decisions/{hidden['id']}{path}").status_code == 404
    assert office.api("alice").patch(f"/decisions/{hidden['id']}", {"text": "x"}).status_code == 404
    for who, found in (("alice", []), ("chloe", [hidden["id"]])):
        groups = office.api(who).get("/search?q=chantiers+secrets&kinds=decisions").data["groups"]
        assert [hit["id"] for group in groups for hit in group["items"]] == found
        named = office.api(who).get(f"/references?kind=chat.decision&id={hidden['id']}").data["items"]
        assert [one["id"] for one in named] == found
        text = office.api(who).get(f"/workspaces/{office.workspace.id}/decisions/export").content.decode()
        assert ("secret" in text) == bool(found)
    office.api("bruno").delete(f"/channels/{channel}/members/{office.chloe.id}")
    assert register(office, "chloe", f"?channel_id={channel}")["items"] == []


def test_r006_a_newcomer_does_not_read_what_was_decided_before(office: Any, frames_of: Any) -> None:
    channel = private(office, "chloe", history="joined")
    before = note(office, channel=channel, text="Avant elle").data
    office.api("bruno").put(f"/channels/{channel}/members/{office.alice.id}")
    office.api("bruno").post(f"/channels/{channel}/members", {"user_id": str(office.alice.id)})
    after = note(office, channel=channel, text="Avec elle").data
    assert [one["id"] for one in register(office, "alice")["items"]] == [after["id"]]
    assert office.api("alice").get(f"/decisions/{before['id']}").status_code == 404
    seen = len(frames_of(UUID(channel)))
    office.api("bruno").patch(f"/decisions/{before['id']}", {"text": "Avant elle, corrigé"})
    [told] = frames_of(UUID(channel))[seen:]
    assert told["kind"] == "chat.decision_touched"
    assert "text" not in told["data"]


def test_a_decision_is_corrected_replaced_and_cancelled_and_keeps_what_it_said(office: Any, frames_of: Any) -> None:
    made = note(office, decided_by=[str(office.chloe.id), str(office.alice.id)]).data
    assert [person["name"] for person in made["decided_by"]] == ["Chloé Nguyen", "Alice Martin"]
    path = f"/decisions/{made['id']}"
    assert office.api("chloe").patch(path, {"text": "x"}).data["code"] == "not_the_author"
    better = office.api("alice").patch(path, {"text": "La salle **C**."}, If_Match='"1"').data
    lost = office.api("bruno").patch(path, {"text": "La salle D."}, If_Match='"1"')
    assert (lost.status_code, lost.data["errors"]["current"]) == (412, better)
    new = note(office, text="La salle E.").data
    replaced = office.api("bruno").patch(path, {"replaced_by": new["id"]}).data
    assert (replaced["status"], replaced["replaced_by"]) == ("replaced", {"id": new["id"], "number": 2})
    circle = office.api("bruno").patch(f"/decisions/{new['id']}", {"replaced_by": made["id"]})
    assert circle.data["code"] == "replaced_in_a_circle"
    again = office.api("bruno").patch(path, {"status": "adopted"}).data
    assert again["replaced_by"] is None
    same = office.api("bruno").patch(path, {"status": "adopted"}).data
    assert same == again
    changes = office.api("reader").get(path + "/changes").data["items"]
    assert [(one["changed_by"]["name"], list(one["before"])) for one in changes] == [
        ("Bruno Lefèvre", ["status", "replaced_by"]),
        ("Bruno Lefèvre", ["status", "replaced_by"]),
        ("Alice Martin", ["text"]),
    ]
    assert changes[-1]["before"] == {"text": "Nous retenons la salle B."}
    fresh = {one["id"]: one for one in register(office, "reader")["items"]}
    assert fold({}, frames_of(office.general.id), "chat.decision") == fresh
    old = {made["id"]: made}
    assert fold(old, frames_of(office.general.id)[2:], "chat.decision") == fresh


def test_people_of_a_conversation_decide_as_equals(office: Any) -> None:
    path = f"/workspaces/{office.workspace.id}/conversations"
    talk = office.api("bruno").post(path, {"user_id": str(office.chloe.id)}).data["id"]
    made = note(office, channel=talk).data
    assert office.api("chloe").patch(f"/decisions/{made['id']}", {"status": "cancelled"}).status_code == 200
    place = register(office, "chloe")["places"]
    assert place == [{"id": talk, "name": "Bruno Lefèvre", "conversation": True}]
    assert register(office, "alice")["items"] == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "invalid"),
        ({"text": "x" * 5001}, "invalid"),
        ({"decided_on": "1600-01-01"}, "decided_when"),
        ({"decided_on": "2999-01-01"}, "decided_when"),
        ({"decided_by": ["01900000-0000-7000-8000-000000000000"]}, "person_not_found"),
        ({"number": 7}, "invalid"),
    ],
)
def test_what_is_no_decision_is_refused(office: Any, fields: dict[str, Any], code: str) -> None:
    answer = note(office, **{"text": "Oui", **fields})
    assert answer.status_code == 400
    assert answer.data["code"] in (code, "decision_empty")
    assert not Decision.objects.exists()


def test_the_register_is_filtered_and_taken_away_as_it_is_filtered(office: Any, say: Any) -> None:
    source = say("chloe", "On garde le préfet")
    note(office, text="Les **préfets** sont informés.", origin=origin(source), decided_by=[str(office.chloe.id)])
    note(office, "chloe", text='=HYPERLINK("http://mal")', decided_on="2026-05-01")
    cancelled = note(office, "alice", text="Budget de 3 000 €", decided_on="2026-06-01").data
    office.api("alice").patch(f"/decisions/{cancelled['id']}", {"status": "cancelled"})

    def texts(query: str) -> list[str]:
        return [one["text"][:6] for one in register(office, "reader", query)["items"]]

    assert texts("") == ["Budget", "=HYPER", "Les **"]
    assert texts("?q=prefet") == texts("?since=2026-01-01&until=2026-04-01") == ["Les **"]
    assert texts(f"?person_id={office.chloe.id}") == ["=HYPER", "Les **"]
    assert texts("?status=cancelled") == ["Budget"]
    assert texts("?q=budget&status=adopted") == []
    assert texts(f"?channel_id={uuid7()}") == []
    first = register(office, "reader", "?limit=2")
    rest = register(office, "reader", f"?limit=2&cursor={first['next']}")
    assert ([one["text"][:6] for one in rest["items"]], rest["next"]) == (["Les **"], None)
    assert office.api("reader").get(f"/workspaces/{office.workspace.id}/decisions?cursor=x").status_code == 400
    assert office.api("reader").get(f"/workspaces/{office.workspace.id}/decisions?nope=1").status_code in (200, 400)

    path = f"/workspaces/{office.workspace.id}/decisions/export"
    answer = office.api("reader").get(path + "?until=2026-05-31")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert ".csv" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Numéro", "Date", "Discussion", "Décision"]
    assert rows[1][:4] == ["1", "03/03/2026", "Général", "Les préfets sont informés."]
    assert rows[1][-1].endswith(f"/discussions/{office.general.id}?message={source['id']}")
    assert rows[2][3].startswith("'=")
    assert len(rows) == 3
    answer = office.api("reader").get(path + "?form=odt&q=budget&status=cancelled")
    text = "\n".join(teletype.extractText(one) for one in load(io.BytesIO(answer.content)).getElementsByType(P))
    for words in ("Établi par Lise Lecture", "Filtre : mots « budget », état annulée", "Budget de 3 000 €", "Annulée"):
        assert words in text, text
    assert "préfets" not in text


def test_a_decision_of_tomorrow_is_of_somebody_who_is_ahead_of_us(office: Any) -> None:
    day = (now() + timedelta(days=1)).date().isoformat()
    assert note(office, decided_on=day).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_decisions_and_tasks_made_at_once_number_and_link_each_once() -> None:
    office = make_office()
    message = office.api("chloe").post(f"/channels/{office.general.id}/messages", {"text": "Source"}).data
    same = str(uuid7())

    def job(number: int) -> Any:
        who = ("alice", "bruno", "chloe")[number % 3]
        if number % 4 == 0:
            return lambda: add_task(office, who, message).status_code
        if number % 4 == 1:
            return lambda: note(office, who, origin=origin(message)).status_code
        if number % 4 == 2:
            return lambda: note(office, "bruno", id=same).status_code
        return lambda: office.api("chloe").patch(f"/messages/{message['id']}", {"text": f"{number}"}).status_code

    assert set(together([job(number) for number in range(32)], 8)) == {200, 201}
    numbers = list(Decision.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 10))
    assert len(shown(office, "bruno", message)) == 16
