"""Words inside documents: read after each content, found in French, never by who may not see them (I1 to I3, R-06)."""

import io
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plano.documents import actions, demo_files, queries
from plano.documents.actions import checking, texts
from plano.documents.models import Node, State, Text, Version
from plano.platform import scanner
from plano.platform.scanner.memory import MemoryScanner
from tests.documents.conftest import Office, Seat

SECTIONS = [("Objet", ["L’arrêté préfectoral du 3 août prévoit l’évacuation des chevaux.", "Signé par la préfète."])]


def read(node: dict[str, Any]) -> None:
    """What the job does after the upload."""
    version = Version.objects.get(node_id=node["id"], number=Node.objects.get(id=node["id"]).content_version)
    texts.read(version.id)


def put(who: Seat, name: str, content: bytes, **more: Any) -> dict[str, Any]:
    node: dict[str, Any] = who.document(name, content, **more)
    read(node)
    return node


def search(who: Seat, words: str, **more: Any) -> list[dict[str, Any]]:
    query = "".join(f"&{key}={value}" for key, value in more.items())
    answer = who.api.get(f"/search?q={words}{query}")
    assert answer.status_code == 200, answer.data
    return [hit for group in answer.data["groups"] if group["name"] == "documents" for hit in group["items"]]


def names(who: Seat, words: str, **more: Any) -> set[str]:
    return {hit["title"] for hit in search(who, words, **more)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.odt", demo_files.odt("Note", SECTIONS)),
        ("a.docx", demo_files.docx("Note", SECTIONS)),
        ("a.pdf", demo_files.pdf("Note", SECTIONS)),
        ("a.xlsx", demo_files.xlsx("Feuille", [["Arrêté préfectoral", "Chevaux"], ["Évacuation", 12]])),
        ("a.md", demo_files.md("Note", SECTIONS)),
        ("a.txt", "L'arrêté préfectoral : évacuation des chevaux".encode("cp1252")),
    ],
)
def test_i1_the_words_of_each_format_are_found(office: Office, name: str, content: bytes) -> None:
    put(office.manager, name, content)
    assert names(office.reader, "évacuation chevaux préfectoral") == {name}


def test_a_scanned_page_is_read(office: Office) -> None:
    page = pypdfium2.PdfDocument(demo_files.pdf("Note", SECTIONS))[0].render(scale=2).to_pil().convert("RGB")
    scan = io.BytesIO()
    page.save(scan, "PDF")
    put(office.manager, "scan.pdf", scan.getvalue())
    assert names(office.reader, "évacuation chevaux") == {"scan.pdf"}


@pytest.mark.parametrize("words", ["l’arrêté", "ARRETES", "cheval", "préfet", "prefect", "evacuations", "l'evacuation"])
def test_i3_accents_plurals_capitals_and_apostrophes_do_not_matter(office: Office, words: str) -> None:
    put(office.manager, "note.odt", demo_files.odt("Note", SECTIONS))
    assert names(office.reader, words) == {"note.odt"}


def test_words_may_be_spread_over_the_name_and_the_content_and_the_excerpt_shows_them(office: Office) -> None:
    put(office.manager, "Budget Rennes.odt", demo_files.odt("Note", SECTIONS))
    put(office.manager, "Autre.txt", b"rien de tout cela")
    (hit,) = search(office.reader, "budget chevaux")
    assert [part["text"] for part in hit["excerpt"] if part["hit"]] == ["chevaux"]
    assert names(office.reader, "budget girafes") == set()


def test_the_present_content_alone_is_found(office: Office) -> None:
    node = put(office.manager, "note.txt", b"ornithorynque")
    assert names(office.reader, "ornithorynque") == {"note.txt"}
    office.manager.bytes.put(f"/nodes/{node['id']}/content", b"kangourou")
    assert names(office.reader, "ornithorynque") == set()  # before the job has read the new one, too
    read(node)
    assert names(office.reader, "kangourou") == {"note.txt"}


def test_documents_from_before_are_read_later(office: Office) -> None:
    office.manager.document("ancien.txt", b"ornithorynque")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [texts.TASK])
    assert (texts.catch_up(), names(office.reader, "ornithorynque")) == (1, set())
    for version in Version.objects.all():
        texts.read(version.id)
    assert (texts.catch_up(), names(office.reader, "ornithorynque")) == (0, {"ancien.txt"})


def test_filters_narrow_documents(office: Office) -> None:
    put(office.manager, "plan.txt", b"xylophone")
    put(office.member, "plan.odt", demo_files.odt("xylophone", SECTIONS))
    put(office.member, "plan.pdf", demo_files.pdf("xylophone", SECTIONS))
    assert names(office.reader, "xylophone", family="pdf") == {"plan.pdf"}
    assert names(office.reader, "xylophone", author_id=office.manager.user.id) == {"plan.txt"}
    assert names(office.reader, "xylophone", since="2100-01-01") == set()
    assert names(office.reader, "xylophone", until="2100-01-01", workspace_id=office.workspace.id) == {
        "plan.txt",
        "plan.odt",
        "plan.pdf",
    }
    assert office.reader.api.get("/search?q=xylophone&family=unknown").status_code == 400


def test_what_is_not_checked_yet_or_infected_is_not_found_by_its_words(office: Office) -> None:
    node = put(office.manager, "note.txt", b"ornithorynque")
    Node.objects.filter(id=node["id"]).update(state=State.CHECKING)
    assert names(office.reader, "ornithorynque") == set()
    version = Version.objects.get(node_id=node["id"])
    Version.objects.filter(id=version.id).update(state=State.CHECKING)
    scanner.use(MemoryScanner({b"ornithorynque": "Essai"}))
    try:
        assert checking.check(version.blob) == State.INFECTED
    finally:
        scanner.use(None)
    assert not Text.objects.filter(node_id=node["id"]).exists()


def test_c15_a_purge_takes_the_words_away(office: Office) -> None:
    node = put(office.manager, "note.txt", b"ornithorynque")
    office.manager.api.delete(f"/nodes/{node['id']}")
    assert names(office.manager, "ornithorynque") == set()
    actions.purge_node(actor=office.manager.user, node_id=node["id"])
    assert not Text.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cassé.pdf", b"%PDF-1.7 cassE", "damaged"),
        ("bombe.docx", b"PK\x03\x04 nothing", "damaged"),
    ],
)
def test_a_broken_file_is_found_by_its_name_and_says_why_not_by_its_words(
    office: Office, name: str, content: bytes, reason: str
) -> None:
    node = put(office.manager, name, content)
    assert names(office.reader, name.partition(".")[0]) == {name}
    text = Text.objects.filter(node_id=node["id"]).first()
    assert text is None or text.reason == reason


MOVES = st.sampled_from(["restrict", "open", "grant", "revoke", "inherit"])


@given(moves=st.lists(st.tuples(MOVES, st.booleans()), max_size=6))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_r006_whatever_was_granted_and_withdrawn_a_search_shows_what_one_may_open(
    office: Office, moves: list[tuple[str, bool]]
) -> None:
    folder = office.manager.create(f"Dossier {Node.objects.count()}")
    node = put(office.manager, "secret.txt", b"ornithorynque confidentiel", parent=folder["id"])
    path = f"/nodes/{folder['id']}/access"
    for move, member in moves:
        person = office.member if member else office.guest
        if move in ("restrict", "open"):
            office.manager.api.put(path, {"open": move == "open"})
        elif move == "inherit":
            office.manager.api.delete(path)
        elif move == "grant":
            office.manager.api.put(f"{path}/{person.user.id}", {"role": "reader"})
        else:
            office.manager.api.delete(f"{path}/{person.user.id}")
        for seat in (office.member, office.guest, office.reader, office.outsider):
            opens = seat.api.get(f"/nodes/{node['id']}").status_code == 200
            found = [one.id for one in queries.search_documents(seat.user, "ornithorynque", limit=50)]
            hits = search(seat, "ornithorynque") + search(seat, "secret", family="text")
            assert (node["id"] in map(str, found)) is opens
            assert any(hit["id"] == node["id"] for hit in hits) is opens
            assert opens or "confidentiel" not in str(hits)
    office.manager.api.delete(f"/nodes/{folder['id']}")


def test_pieces_of_words_are_found_and_short_words_from_their_beginning(office: Office) -> None:
    for name in ("plan-annexe_2.odt", "Écologie.txt", "rh.md"):
        office.manager.document(name)
    assert names(office.reader, "cologi") == {"Écologie.txt"}
    assert names(office.reader, "NNEX") == {"plan-annexe_2.odt"}
    assert names(office.reader, "rh") == {"rh.md"}
    assert names(office.reader, "éc") == {"Écologie.txt"}


def test_a_common_word_does_not_make_search_read_every_text(office: Office) -> None:
    put(office.manager, "a.txt", b"budget")
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, proconfig FROM pg_proc WHERE proname LIKE 'plano%with'")
        found = dict(cursor.fetchall())
    assert set(found) == {"plano_names_with", "plano_texts_with", "plano_messages_with"}
    assert list(found.values()) == [["enable_seqscan=off"]] * 3
    assert names(office.reader, "budget") == {"a.txt"}
