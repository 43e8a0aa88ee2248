"""Search in messages: what is found, what is not, and by whom."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from plano.chat.actions.indexing import index_messages
from plano.chat.models import Message, Words
from plano.documents.models import Kind
from plano.kernel.clock import now
from tests.chat.test_files import in_library

State = pytest.mark.parametrize("indexed", [False, True], ids=["just said", "indexed"])


@pytest.fixture
def found(office: Any) -> Any:
    """The answer to a question."""

    def ask(who: str, text: str, **asked: Any) -> Any:
        return office.api(who).get("/messages/search?" + urlencode({"q": text, **asked}))

    return ask


@pytest.fixture
def search(found: Any) -> Any:
    """`search("bruno", "budget")`: the texts that were found, in their order."""

    def ask(who: str, text: str, **asked: Any) -> list[str]:
        answer = found(who, text, **asked)
        assert answer.status_code == 200, answer.data
        return ["".join(part["text"] for part in item["excerpt"]) for item in answer.data["items"]]

    return ask


@State
def test_words_meet_as_french_people_write_them(office: Any, say: Any, search: Any, found: Any, indexed: bool) -> None:
    said = [
        "Les préfètes ont signé l’arrêté préfectoral",
        "Voir https://www.exemple.fr/plan-canicule et R-06",
        "Notre budget annexe, le cœur du sujet",
        "Note de service sur le budget",
    ]
    for text in said:
        say("bruno", text)
    if indexed:
        index_messages()
    one, two, three, four = said
    assert search("chloe", "prefete") == [one]
    assert search("chloe", "PRÉFECT") == [one]
    assert search("chloe", "l'arrete") == [one]
    assert search("chloe", "les préfètes, arrêtés") == [one]
    assert search("chloe", "exemple") == [two]
    assert search("chloe", "www.exemple.fr/plan") == [two]
    assert search("chloe", "https://www.exemple.fr/plan-canicule") == [two]
    assert search("chloe", "r-06") == [two]
    assert search("chloe", "budgets") == [four, three]
    assert search("chloe", "coeur") == [three]
    assert search("chloe", "budget -annexe") == [four]
    assert search("chloe", '"budget annexe"') == [three]
    assert search("chloe", "« annexe budget »") == []
    assert search("chloe", "-budget -préfète") == []
    for nothing in ("", "le", "de:", '"', "%", "_", "' OR 1=1", "\\", "=c", ":*", "🙂", "a" * 200):
        assert search("chloe", nothing) == [], nothing
    assert found("chloe", "a" * 201).status_code == 400


@State
def test_operators_narrow_in_both_languages(office: Any, say: Any, search: Any, found: Any, indexed: bool) -> None:
    other = office.api("alice").post(f"/workspaces/{office.workspace.id}/channels", {"name": "Plan d’été"}).data["id"]
    link = say("bruno", "Le plan : https://exemple.fr")
    asked = say("chloe", "Quel plan ?", mentions=[str(office.bruno.id)], channel=other)
    poll = office.api("alice").post(
        f"/channels/{office.general.id}/polls", {"question": "Un plan ?", "options": ["Oui", "Bientôt"]}
    )
    assert poll.status_code == 201
    office.api("bruno").put(f"/messages/{link['id']}/pin")
    if indexed:
        index_messages()
    one, two, three = link["text"], asked["text"], "Un plan ? Oui Bientôt"
    assert search("bruno", "plan") == [three, two, one]
    for question, answer in {
        "de:bruno plan": [one],
        "from:Lefevre": [one],
        'de:"Bruno Lefèvre"': [one],
        "de:moi": [one],
        "de:moi de:chloé": [two, one],
        "plan -de:moi": [three, two],
        "dans:été": [two],
        'in:"#plan d’été" quel': [two],
        "-dans:été plan": [three, one],
        "avec:lien": [one],
        "has:poll": [three],
        "bientôt": [three],
        "plan -avec:sondage": [two, one],
        "avec:épinglé": [one],
        "has:link has:pinned": [one],
        "avec:lien avec:sondage": [],
        "mentionne:bruno": [],
        "de:personne plan": [],
        "dans:nulle-part plan": [],
        "avant:demain plan": [],
        "le:aujourd'hui plan": [three, two, one],
        "on:today depuis:hier plan": [three, two, one],
        "avant:hier plan": [],
        "après:2026-01-01 plan": [three, two, one],
    }.items():
        assert search("bruno", question) == answer, question
    say("chloe", "@Bruno Lefèvre regarde", mentions=[str(office.bruno.id)])
    assert search("bruno", "mentionne:moi") == search("alice", "mentions:bruno") == ["@Bruno Lefèvre regarde"]
    assert search("bruno", "plan -mentionne:moi") == [three, two, one]
    problem = found("bruno", "avant:demain plan").data
    assert problem["problems"] == [{"operator": "before", "value": "demain"}]
    assert search("bruno", "plan", channel_id=other) == [two]
    [group] = office.api("bruno").get("/search?q=de:moi+plan").data["groups"]  # operators leave the other rooms out
    assert (group["name"], group["items"][0]["id"]) == ("messages", link["id"])


def test_what_was_edited_or_deleted_is_gone_at_once(office: Any, say: Any, search: Any) -> None:
    early, late = say("bruno", "Un mot caduc"), say("bruno", "Un mot oiseux")
    office.api("bruno").patch(f"/messages/{early['id']}", {"text": "Un mot durable"})  # not in the table yet
    index_messages()
    assert search("chloe", "caduc") == []
    assert search("chloe", "durable") == ["Un mot durable"]
    office.api("bruno").patch(f"/messages/{late['id']}", {"text": "Un mot utile"})
    assert search("chloe", "oiseux") == []
    assert search("chloe", "utile") == ["Un mot utile"]
    office.api("bruno").delete(f"/messages/{late['id']}")
    assert search("chloe", "utile") == search("chloe", "de:bruno utile") == []
    assert search("chloe", "de:bruno") == ["Un mot durable"]
    assert list(Words.objects.filter(message_id=late["id"]).values_list("vector", flat=True)) == [""]


def test_pages_follow_each_other_and_marks_stand_where_the_words_are(say: Any, found: Any) -> None:
    for number in range(7):
        say("bruno", f"Ligne {number} : **budget** & <b>budgets</b> sur www.budget.fr")
        if number == 3:
            index_messages()
    seen: list[Any] = []
    cursor = None
    while True:
        page = found("chloe", "budget", limit=3, **({"cursor": cursor} if cursor else {})).data
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [item["excerpt"][0]["text"][:7] for item in seen] == [f"Ligne {number}" for number in reversed(range(7))]
    assert [part["text"] for part in seen[0]["excerpt"] if part["hit"]] == ["budget", "budgets", "budget"]
    assert "<b>" in "".join(part["text"] for part in seen[0]["excerpt"])  # text, whatever it looks like
    best = found("chloe", "budget", order="relevance").data
    assert len(best["items"]) == 7
    assert best["next"] is None
    for cursor in ("x", "W10", "WyJ4IiwieCJd"):
        assert found("chloe", "budget", cursor=cursor).status_code == 400
    long = say("bruno", "début " + "mot " * 200 + "aiguille " + "foin " * 200)
    [item] = found("chloe", "aiguille").data["items"]
    assert item["id"] == long["id"]
    assert len("".join(part["text"] for part in item["excerpt"])) < 300


def test_r006_planted_words_are_found_by_nobody_who_may_not_read_them(
    office: Any, say: Any, search: Any, found: Any
) -> None:
    """In a private channel, a conversation, a thread, before a newcomer: words and operators, both tables."""
    api, path = office.api("alice"), f"/workspaces/{office.workspace.id}/channels"
    private = api.post(path, {"name": "Mutations", "open": False, "history": "joined"}).data["id"]
    api.post(f"/channels/{private}/members", {"user_id": str(office.bruno.id)})
    pair = api.post(f"/workspaces/{office.workspace.id}/conversations", {"user_id": str(office.bruno.id)}).data["id"]
    for channel in (private, pair):
        root = say("alice", "Le mot xylophone est secret", channel=channel)
        say("bruno", "xylophone aussi https://xylophone.fr", channel=channel, thread_id=root["id"])
    questions = ("xylophone", "xylo", '"xylophone aussi"', "de:alice", "de:bruno avec:lien", "dans:mutations", "-rien")
    everybody = ("alice", "bruno", "chloe", "reader", "guest", "outsider")

    def counts(question: str) -> dict[str, int]:
        return {who: len(search(who, question)) for who in everybody}

    for _ in range(2):
        for question in questions:
            counted = counts(question)
            assert {who for who in everybody if counted[who]} <= {"alice", "bruno"}, (question, counted)
        assert counts("xylophone")["alice"] == counts("xylophone")["bruno"] == 4
        for who in everybody:
            groups = office.api(who).get("/search?q=xylophone").data["groups"]
            assert [group["name"] for group in groups] == (["messages"] if who in ("alice", "bruno") else [])
        index_messages()
    api.post(f"/channels/{private}/members", {"user_id": str(office.chloe.id)})
    say("alice", "xylophone encore", channel=private)
    assert search("chloe", "xylophone") == ["xylophone encore"] == search("chloe", "dans:mutations xylophone")
    assert found("chloe", "xylophone", channel_id=pair).status_code == 404
    index_messages()
    assert search("chloe", "de:alice") == ["xylophone encore"]

    api.delete(f"/channels/{private}/members/{office.chloe.id}")
    assert search("chloe", "xylophone") == search("chloe", "dans:mutations") == []
    api.post(f"/channels/{private}/archive")
    assert len(search("bruno", "xylophone")) == 5  # archived is not gone
    rooms = [room for room in office.workspace.rooms if room != "chat"]
    office.workspace.rooms = rooms
    office.workspace.save()
    assert counts("xylophone") == dict.fromkeys(everybody, 0)


def test_the_newest_come_first_however_far_back_the_others_are(office: Any, say: Any, search: Any) -> None:
    """Beyond the newest, which are looked through, the index answers: the two meet without a gap."""
    from plano.chat.queries import search as module

    for number in range(6):
        say("bruno", f"rapport {number}")
    Message.objects.filter(text="rapport 0").update(created_at=now() - timedelta(days=400))
    index_messages()
    module.NEAR, before = 2, module._NEAREST
    module._NEAREST = before.replace("LIMIT 4000", "LIMIT 2")
    try:
        assert search("chloe", "rapport") == [f"rapport {n}" for n in (5, 4, 3, 2, 1, 0)]
        assert search("chloe", "rapport", limit=2) == ["rapport 5", "rapport 4"]
        assert search("chloe", "après:2020") == search("chloe", "rapport")
    finally:
        module._NEAREST = before


@State
def test_a_message_is_found_by_the_file_it_carries_by_who_may_open_that(
    office: Any, say: Any, search: Any, found: Any, indexed: bool
) -> None:
    """In an open channel, a file of the library that only its own people see."""
    folder = in_library(office, office.alice, "À part", kind=Kind.FOLDER, restricted=True)
    node = in_library(office, office.alice, "Xylophone confidentiel.txt", folder)
    say("alice", "Voici la pièce", files=[str(node)])
    say("alice", "Sans pièce")
    if indexed:
        index_messages()
    for question in ("xylophone", "de:moi confidentiel", "avec:fichier xylophone"):
        assert search("alice", question) == ["Voici la pièce"], question
        assert search("chloe", question) == [], question
    assert found("alice", "xylophone").data["items"][0]["file"] == "Xylophone confidentiel.txt"
    assert search("alice", "pièce avec:fichier") == search("chloe", "has:file") == ["Voici la pièce"]
    assert search("alice", "pièce -avec:fichier") == ["Sans pièce"]
