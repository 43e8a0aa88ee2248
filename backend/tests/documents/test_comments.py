"""Comments beside a document: who, whom it is told to, what frames carry."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from plano.documents.models import Comment
from plano.documents.schemas.comments import CommentOut
from plano.notifications.models import Notification
from plano.platform.live.models import Frame
from tests.documents.conftest import Office, Seat
from tests.factories.workspaces import make_workspace

KIND = "documents.comment"


def say(seat: Seat, node: Any, text: str, *, status: int = 201, **more: Any) -> Any:
    answer = seat.api.post(f"/nodes/{node['id']}/comments", {"text": text, **more})
    assert answer.status_code == status, answer.data
    return answer.data


def listed(seat: Seat, node: Any, query: str = "") -> Any:
    answer = seat.api.get(f"/nodes/{node['id']}/comments{query}")
    assert answer.status_code == 200, answer.data
    return answer.data


def texts(seat: Seat, node: Any, query: str = "") -> list[str]:
    return [one["text"] for one in listed(seat, node, query)["items"]]


def told(seat: Seat) -> list[tuple[str, str]]:
    rows = Notification.objects.filter(user=seat.user, link_kind=KIND).order_by("created_at")
    return list(rows.values_list("kind", "title"))


def test_a_remark_stands_on_the_version_that_its_author_saw_and_may_quote_it(office: Office) -> None:
    node = office.manager.document("plan.txt")
    office.manager.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    first = say(office.member, node, "  Qui signe ?\r\n**Vite** ", number=1, page=3, quote="  le  préfet\nsigne ")
    assert (first["number"], first["page"], first["quote"]) == (1, 3, "le préfet signe")
    assert first["text"] == "  Qui signe ?\n**Vite** "
    assert say(office.member, node, "Et le reste ?")["number"] == 2
    assert say(office.member, node, "x", number=3, status=400)["code"] == "no_such_version"
    assert say(office.member, node, " \n ", status=400)["code"] == "comment_empty"
    say(office.member, node, "x" * 10_001, status=400)
    say(office.member, node, "x", quote="y" * 201, status=400)
    say(office.member, node, "x", page=0, status=400)
    say(office.member, node, "x", author="y", status=400)
    folder = office.manager.create("Dossier")
    assert say(office.member, folder, "Rangé.", page=2, quote="y")["number"] is None


def test_whoever_reads_reads_them_and_whoever_writes_writes(office: Office) -> None:
    node = office.manager.document("plan.txt")
    mine = say(office.member, node, "À relire")
    assert texts(office.reader, node) == ["À relire"]
    say(office.reader, node, "Non", status=403)
    say(office.guest, node, "Non", status=404)
    assert listed(office.reader, node)["abilities"]["write"] is False
    path = f"/nodes/{node['id']}/comments/{mine['id']}"
    assert office.manager.api.patch(path, {"text": "Autre"}).data["code"] == "not_the_author"
    assert office.member.api.patch(path, {"text": "À relire, svp"}).data["edited_at"] is not None
    stale = office.member.api.patch(path, {"text": "Encore"}, If_Match='"1"')
    assert (stale.status_code, stale.data["errors"]["current"]["text"]) == (412, "À relire, svp")
    other = office.manager.document("autre.txt")
    assert office.member.api.delete(f"/nodes/{other['id']}/comments/{mine['id']}").status_code == 404
    theirs = say(office.manager, node, "Non")
    assert office.member.api.delete(f"/nodes/{node['id']}/comments/{theirs['id']}").status_code == 403
    assert office.manager.api.delete(path).status_code == 204


def test_sent_twice_it_is_said_once_and_an_id_names_one_thing(office: Office) -> None:
    node, id = office.manager.document("plan.txt"), str(uuid4())
    assert say(office.member, node, "Un", id=id) == say(office.member, node, "Un", id=id)
    assert say(office.manager, node, "Un", id=id, status=409)["code"] == "identifier_in_use"
    assert texts(office.reader, node) == ["Un"]


def test_an_answer_opens_its_thread_again_and_a_deleted_remark_leaves_a_trace(office: Office, frames_of: Any) -> None:
    node = office.manager.document("plan.txt")
    root = say(office.member, node, "Mot de passe : toto")
    path = f"/nodes/{node['id']}/comments"
    done = office.manager.api.put(f"{path}/{root['id']}/resolution").data
    assert (done["resolved_by"]["name"], texts(office.reader, node)) == ("Manager", [])
    assert (listed(office.reader, node)["resolved"], texts(office.reader, node, "?state=resolved")) == (
        1,
        ["Mot de passe : toto"],
    )
    answer = say(office.manager, node, "Retirez-le", thread_id=root["id"])
    assert texts(office.reader, node) == ["Mot de passe : toto", "Retirez-le"]
    assert say(office.member, node, "x", thread_id=answer["id"], status=400)["code"] == "thread_not_found"
    assert say(office.member, node, "x", thread_id=root["id"], page=2, status=400)["code"] == "answer_has_no_place"
    assert office.member.api.put(f"{path}/{answer['id']}/resolution").data["code"] == "only_remarks"
    office.member.api.delete(f"{path}/{root['id']}")
    assert texts(office.reader, node) == ["", "Retirez-le"]
    assert "toto" not in str(frames_of(office.workspace.id))
    assert office.member.api.patch(f"{path}/{root['id']}", {"text": "x"}).data["code"] == "comment_deleted"
    office.manager.api.delete(f"{path}/{answer['id']}")
    assert (texts(office.reader, node, "?state=all"), Comment.objects.count()) == ([], 0)
    assert "Retirez" not in str(frames_of(office.workspace.id))


def test_mentions_and_answers_are_told_once_to_those_who_see_it(office: Office) -> None:
    node = office.manager.document("plan.txt")
    ids = {seat.user.name: str(seat.user.id) for seat in (office.member, office.reader, office.guest)}
    refused = say(office.manager, node, "@Guest ?", mentions=[ids["Guest"]], status=400)
    assert refused["code"] == "mention_outside_document"
    root = say(office.manager, node, "@Member, @Reader ?", mentions=[ids["Reader"], ids["Member"]])
    assert [one["name"] for one in root["mentions"]] == ["Member", "Reader"]
    assert told(office.member) == told(office.reader) == [("mention", "plan.txt")]
    say(office.member, node, "Oui", thread_id=root["id"])
    say(office.member, node, "Oui, vraiment", thread_id=root["id"])
    assert told(office.manager) == [("message", "plan.txt")]
    named = say(office.manager, node, "Merci @Member", thread_id=root["id"], mentions=[ids["Member"]])
    assert told(office.member)[1:] == [("mention", "plan.txt")]  # named and a participant: one line
    path = f"/nodes/{node['id']}/comments/{named['id']}"
    office.manager.api.patch(path, {"text": "Merci @Member, @Reader", "mentions": [ids["Member"], ids["Reader"]]})
    office.manager.api.patch(path, {"text": "Merci à @Member et @Reader"})
    assert (len(told(office.member)), len(told(office.reader))) == (2, 2)


def test_r006_comments_and_their_notifications_vanish_with_the_right(office: Office) -> None:
    folder = office.manager.create("Cellule", restricted=True)
    grant = f"/nodes/{folder['id']}/access/{office.guest.user.id}"
    office.manager.api.put(grant, {"role": "member"})
    node = office.manager.document("note.txt", parent=folder["id"])
    say(office.guest, node, "Vu.")
    root = listed(office.manager, node)["items"][0]
    say(office.manager, node, "Merci", thread_id=root["id"])
    assert len(office.guest.api.get("/notifications").data["items"]) == 1
    office.manager.api.delete(grant)
    assert office.guest.api.get(f"/nodes/{node['id']}/comments").status_code == 404
    say(office.guest, node, "Encore", status=404)
    assert office.guest.api.get("/notifications").data["items"] == []
    say(office.manager, node, "Parti ?", thread_id=root["id"])
    assert len(told(office.guest)) == 1


def test_they_go_along_to_another_workspace_not_into_a_copy_and_end_with_the_document(office: Office) -> None:
    node = office.manager.document("plan.txt")
    say(office.member, node, "Gardé")
    office.manager.api.post(f"/nodes/{node['id']}/lock", {"reason": "Relecture"})
    say(office.member, node, "Un verrou laisse dire")
    office.manager.api.delete(f"/nodes/{node['id']}/lock")
    copy = office.manager.api.post(f"/nodes/{node['id']}/copy", {}).data
    assert (copy["open_comments"], texts(office.manager, copy)) == (0, [])
    other = make_workspace(manager=office.manager.user)
    office.manager.api.patch(f"/nodes/{node['id']}", {"workspace_id": str(other.id)})
    assert len(texts(office.manager, node)) == 2
    assert office.member.api.get(f"/nodes/{node['id']}/comments").data["code"] == "moved_away"
    office.manager.api.delete(f"/nodes/{node['id']}")
    assert office.manager.api.get(f"/nodes/{node['id']}/comments").status_code == 404
    office.manager.api.delete(f"/nodes/{node['id']}/bin")
    assert Comment.objects.count() == 0


def test_pages_hold_every_comment_once_in_order(office: Office, django_assert_max_num_queries: Any) -> None:
    node = office.manager.document("plan.txt")
    roots = [say(office.member, node, f"r{n}") for n in range(5)]
    for root in (roots[1], roots[3]):
        for n in range(3):
            say(office.manager, node, f"{root['text']}.{n}", thread_id=root["id"])
    whole, cursor = [], ""
    while True:
        page = listed(office.reader, node, f"?limit=3{cursor}")
        whole += [one["text"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert whole == ["r4", "r3", "r3.0", "r3.1", "r3.2", "r2", "r1", "r1.0", "r1.1", "r1.2", "r0"]
    assert (page["open"], office.reader.nodes()[0]["open_comments"]) == (5, 5)
    for bad in ("?cursor=x", "?limit=0", "?limit=9999", "?state=x"):
        assert office.reader.api.get(f"/nodes/{node['id']}/comments{bad}").status_code == 400
    with django_assert_max_num_queries(30):
        listed(office.reader, node)


def test_old_snapshot_and_frames_are_the_fresh_snapshot(office: Office) -> None:
    node = office.manager.document("plan.txt")
    path = f"/nodes/{node['id']}/comments"
    old = {one["id"]: one for one in listed(office.reader, node, "?state=all")["items"]}
    begin = Frame.objects.filter(scope_id=office.workspace.id).count()
    root = say(office.member, node, "Un")
    gone = say(office.manager, node, "Deux")
    say(office.manager, node, "Réponse", thread_id=root["id"])
    office.manager.api.put(f"{path}/{root['id']}/resolution")
    office.member.api.patch(f"{path}/{root['id']}", {"text": "Un, corrigé"})
    office.manager.api.delete(f"{path}/{root['id']}/resolution")
    office.manager.api.delete(f"{path}/{gone['id']}")
    office.member.api.delete(f"{path}/{root['id']}")
    frames = Frame.objects.filter(scope_id=office.workspace.id, seq__gt=begin).order_by("seq")
    held, count = dict(old), 0
    for frame in [*frames, *frames]:  # twice: the same
        data = json.loads(frame.payload)
        if frame.kind == "documents.node":
            count = data["open_comments"]
        elif frame.op == "removed":
            held.pop(data["id"], None)
        elif data["id"] not in held or held[data["id"]]["version"] <= data["version"]:
            held[data["id"]] = data
            CommentOut.model_validate(data)
    fresh = listed(office.reader, node, "?state=all")
    assert held == {one["id"]: one for one in fresh["items"]}
    assert count == fresh["open"] == office.reader.nodes()[0]["open_comments"]


@pytest.mark.parametrize("what", ["text", "number", "id"])
def test_hostile_values_are_refused(office: Office, what: str) -> None:
    node = office.manager.document("plan.txt")
    bad = {"text": {"text": ["x"]}, "number": {"text": "x", "number": 10**12}, "id": {"text": "x", "id": "../x"}}[what]
    assert office.member.api.post(f"/nodes/{node['id']}/comments", bad).status_code == 400
    assert office.member.api.get(f"/nodes/{UUID(int=5)}/comments").status_code == 404
