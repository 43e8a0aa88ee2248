"""The antivirus on every way in and out (R-75, documents-15), with a real clamd and signatures of our own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest

from plano.documents import actions, policies
from plano.documents.faces import download as face
from plano.documents.faces import wire
from plano.documents.models import Node, State, Version
from plano.kernel.errors import Forbidden
from plano.platform import scanner
from plano.platform.audit.models import Entry
from plano.platform.scanner.clamd import Clamd as Adapter
from plano.platform.scanner.memory import MemoryScanner
from tests.antivirus import EICAR, LARGEST, PLAGUE, Clamd, clamd
from tests.documents.checks import run_jobs
from tests.documents.conftest import Office, Seat

__all__ = ["clamd"]


@pytest.fixture
def guarded(clamd: Clamd) -> Iterator[Clamd]:
    """Plano with this clamd."""
    scanner.use(Adapter(clamd.url))
    yield clamd
    scanner.use(None)


def state_of(seat: Seat, node: Any) -> str:
    return str(seat.api.get(f"/nodes/{node['id']}").data["state"])


def get(seat: Seat, node: Any, path: str = "/content") -> Any:
    return seat.bytes.get(f"/nodes/{node['id']}{path}")


def upload(seat: Seat, name: str, content: bytes) -> Any:
    """By tus, in one request."""
    answer = seat.bytes.start(len(content), content, workspace_id=seat.workspace.id, filename=name)
    assert answer.status_code == 201, answer.content
    return seat.api.get(f"/nodes/{answer.headers['plano-node']}").data


def put(seat: Seat, name: str, content: bytes) -> Any:
    return seat.document(name, content)


def new_version(seat: Seat, name: str, content: bytes) -> Any:
    node = seat.document(name, b"sain")
    run_jobs()
    return seat.bytes.put(f"/nodes/{node['id']}/content", content).data


WAYS_IN = pytest.mark.parametrize("way_in", [put, upload, new_version])


@WAYS_IN
def test_r075_malware_is_found_on_each_way_in_and_leaves_by_none(office: Office, guarded: Clamd, way_in: Any) -> None:
    node = way_in(office.member, "facture.txt", EICAR)
    assert node["state"] == "checking"
    assert run_jobs() == [State.INFECTED]
    number = node["content_version"]
    for seat in (office.member, office.reader, office.manager):
        for path in ("/content", f"/versions/{number}/content", "/content?inline=1"):
            answer = get(seat, node, path)
            assert (answer.status_code, answer.data["code"]) == (403, "content_infected")
            assert EICAR not in answer.content
        assert state_of(seat, node) == "infected"
        latest = seat.api.get(f"/nodes/{node['id']}/versions").data["items"][0]
        assert (latest["state"], latest["verdict"]) == ("infected", "Plano.Eicar.UNOFFICIAL")
    assert get(office.outsider, node).status_code == 404
    copied = office.member.api.post(f"/nodes/{node['id']}/copy", {})
    assert (copied.status_code, copied.data["code"]) == (403, "content_infected")


@WAYS_IN
def test_r075_what_is_being_checked_is_for_its_sender_alone(office: Office, guarded: Clamd, way_in: Any) -> None:
    node = way_in(office.member, "note.txt", b"Bonjour")
    refused = get(office.reader, node)
    assert (refused.status_code, refused.data["code"]) == (403, "content_checking")
    assert get(office.manager, node, f"/versions/{node['content_version']}/content").status_code == 403
    assert office.manager.api.post(f"/nodes/{node['id']}/copy", {}).data["code"] == "content_checking"
    assert get(office.member, node).content == b"Bonjour"
    assert run_jobs() == [State.CLEAN]
    assert get(office.reader, node).content == b"Bonjour"
    assert state_of(office.reader, node) == "clean"
    assert office.reader.nodes()[0]["state"] == "clean"


def test_r075_an_infected_version_is_not_restored(office: Office, guarded: Clamd) -> None:
    node = office.member.document("note.txt", PLAGUE)
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"sain")
    pending = office.manager.api.post(f"/nodes/{node['id']}/versions/1/restore")
    assert (pending.status_code, pending.data["code"]) == (403, "content_checking")
    run_jobs()
    for seat in (office.member, office.manager):
        answer = seat.api.post(f"/nodes/{node['id']}/versions/1/restore")
        assert (answer.status_code, answer.data["code"]) == (403, "content_infected")
    assert state_of(office.reader, node) == "clean"
    assert get(office.reader, node).content == b"sain"


def test_r075_a_restored_version_never_looked_at_is_checked(office: Office, clamd: Clamd) -> None:
    node = office.member.document("note.txt", PLAGUE)  # before the antivirus was connected
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"sain")
    scanner.use(Adapter(clamd.url))
    try:
        back = office.member.api.post(f"/nodes/{node['id']}/versions/1/restore").data
        assert back["state"] == "checking"
        assert run_jobs() == [State.INFECTED]
    finally:
        scanner.use(None)
    for number in (1, 3):  # the bytes are the same, and so is the verdict
        assert get(office.reader, node, f"/versions/{number}/content").data["code"] == "content_infected"
    assert get(office.reader, node, "/versions/2/content").status_code == 200


def test_the_sender_is_told_once_and_the_journal_keeps_it(office: Office, guarded: Clamd, frames_of: Any) -> None:
    node = office.member.document("facture.txt", PLAGUE)
    run_jobs()
    told = office.member.api.get("/notifications").data["items"]
    assert [(n["kind"], n["title"], n["link_id"]) for n in told] == [("infected", "facture.txt", node["id"])]
    assert office.manager.api.get("/notifications").data["items"] == []
    assert Entry.objects.filter(action="document.infected", object_id=node["id"]).count() == 1
    states = [frame["data"]["state"] for frame in frames_of(office.workspace.id, "documents.node")]
    assert states[-2:] == ["checking", "infected"]
    assert run_jobs() == []


def test_r075_a_stopped_scanner_holds_and_a_job_catches_up(office: Office, guarded: Clamd) -> None:
    scanner.use(Adapter(guarded.url + ".stopped"))
    node = office.member.document("note.txt", b"Bonjour")
    sick = office.member.document("malade.txt", PLAGUE)
    assert run_jobs() == [None, None]
    assert actions.check_waiting(patience=timedelta(0)) == 0
    assert get(office.reader, node).data["code"] == "content_checking"
    scanner.use(Adapter(guarded.url))
    assert actions.check_waiting() == 0  # not waited long enough yet
    assert actions.check_waiting(patience=timedelta(0)) == 2
    assert (state_of(office.reader, node), state_of(office.reader, sick)) == ("clean", "infected")


def test_a_clamd_killed_and_started_again(office: Office, guarded: Clamd) -> None:
    guarded.stop()
    try:
        node = office.member.document("note.txt", PLAGUE)
        assert run_jobs() == [None]
        assert state_of(office.reader, node) == "checking"
    finally:
        guarded.start()
    assert actions.check_waiting(patience=timedelta(0)) == 1
    assert state_of(office.reader, node) == "infected"


def test_an_administrator_may_choose_to_release(office: Office, memory: MemoryScanner, settings: Any) -> None:
    settings.PLANO = replace(settings.PLANO, clamd_down="release")
    memory.up = False
    node = office.member.document("note.txt", b"Bonjour")
    assert run_jobs() == [State.UNSCANNED]
    assert get(office.reader, node).content == b"Bonjour"
    version = office.reader.api.get(f"/nodes/{node['id']}/versions").data["items"][0]
    assert (version["state"], version["verdict"]) == ("unscanned", "not_answering")


def test_what_the_scanner_does_not_take_says_that_nobody_looked(office: Office, guarded: Clamd) -> None:
    node = office.member.document("film.bin", b"\0" * (LARGEST + 1_000_000))
    assert run_jobs() == [State.UNSCANNED]
    assert office.reader.api.get(f"/nodes/{node['id']}/versions").data["items"][0]["verdict"] == "too_large"


def test_a_manager_has_it_looked_at_again(office: Office, memory: MemoryScanner) -> None:
    node = office.member.document("note.txt", b"calme")
    copy = office.manager
    run_jobs()
    twin = copy.api.post(f"/nodes/{node['id']}/copy", {}).data
    assert (twin["state"], run_jobs()) == ("clean", [])  # the same bytes: known
    scanner.use(MemoryScanner({b"calme": "New"}))  # signatures of the next day
    assert office.member.api.post(f"/nodes/{node['id']}/check").status_code == 403
    assert office.manager.api.post(f"/nodes/{node['id']}/check").data["state"] == "checking"
    assert get(office.reader, node).data["code"] == "content_checking"
    assert run_jobs() == [State.INFECTED]
    assert (state_of(office.reader, node), state_of(office.reader, twin)) == ("infected", "infected")


def test_without_an_antivirus_nobody_claims_a_check(office: Office) -> None:
    node = office.member.document("note.txt", b"Bonjour")
    assert node["state"] == "unscanned"
    refused = office.manager.api.post(f"/nodes/{node['id']}/check")
    assert (refused.status_code, refused.data["code"]) == (409, "no_antivirus")
    assert office.reader.api.get(f"/workspaces/{office.workspace.id}/library").data["antivirus"] is False


def test_the_limits_tell_that_there_is_one(office: Office, memory: MemoryScanner) -> None:
    assert office.reader.api.get(f"/workspaces/{office.workspace.id}/library").data["antivirus"] is True


def test_a_download_that_runs_ends_when_malware_is_found(office: Office, memory: MemoryScanner) -> None:
    node = office.member.document("gros.bin", b"\0" * 3_000_000)
    run_jobs()
    asked: list[bool] = []

    def still(found: face.Download) -> bool:
        if asked:
            Version.objects.filter(node_id=found.node_id).update(state=State.INFECTED)
        asked.append(asks(found))
        return asked[-1]

    asks = face._still
    with (
        mock.patch.object(wire, "RECHECK_SECONDS", -1.0),
        mock.patch.object(face, "close_old_connections"),
        mock.patch.object(face, "_still", side_effect=still),
    ):
        answer = get(office.reader, node)
    assert (answer.status_code, answer.complete, asked) == (200, False, [True, False])


def test_a_deposit_is_nobody_s_own_while_it_is_checked(office: Office, memory: MemoryScanner) -> None:
    node = office.member.document("dépôt.txt", b"Bonjour")
    version = Version.objects.get(node_id=node["id"])
    policies.require_downloadable(office.member.user, version)
    version.depositor = "Jean, entreprise"
    version.save()
    with pytest.raises(Forbidden):
        policies.require_downloadable(office.member.user, version)
    assert get(office.member, node).data["code"] == "content_checking"
    with pytest.raises(Forbidden):
        policies.require_downloadable(None, version)


def test_the_bin_hears_no_verdict_but_keeps_it(office: Office, memory: MemoryScanner) -> None:
    node = office.member.document("note.txt", PLAGUE)
    office.member.api.delete(f"/nodes/{node['id']}")
    assert run_jobs() == [State.INFECTED]
    assert Node.objects.get(id=node["id"]).state == State.INFECTED
    back = office.member.api.post(f"/nodes/{node['id']}/restore")
    assert back.data["node"]["state"] == "infected"
