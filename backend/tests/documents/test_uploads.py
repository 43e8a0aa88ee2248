"""tus: resume, take over, give up, decide; rights, limits, quota."""

import base64
import errno
import hashlib
import os
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from unittest import mock

import pytest

from plano.documents import actions, queries
from plano.documents.faces import tus
from plano.documents.models import Upload, Usage
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.platform.blobs import files
from plano.workspaces import actions as workspaces
from tests.documents.bytes import BODY
from tests.documents.conftest import Office, Seat

CONTENT = os.urandom(1_300_000)


def begin(seat: Seat, length: int = len(CONTENT), name: str = "plans.zip", **more: Any) -> str:
    answer = seat.bytes.start(length, workspace_id=seat.workspace.id, filename=name, **more)
    assert answer.status_code == 201, answer.content
    return answer.headers["location"]


def test_a_small_file_is_one_request(office: Office) -> None:
    answer = office.member.bytes.start(7, b"Bonjour", workspace_id=office.workspace.id, filename="note.txt")
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "7")
    node = office.reader.api.get(f"/nodes/{answer.headers['plano-node']}").data
    assert (node["name"], node["size"], node["content_version"], node["media_type"]) == ("note.txt", 7, 1, "text/plain")


def test_r131_a_small_file_sent_again_is_one_document_and_a_refused_one_leaves_nothing(
    office: Office, own_store: Any, settings: Any
) -> None:
    meta = {"workspace_id": office.workspace.id, "filename": "note.txt", "headers": {"Idempotency-Key": str(uuid7())}}
    first = office.member.bytes.start(7, b"Bonjour", **meta)
    again = office.member.bytes.start(7, b"Bonjour", **meta)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "7")
    assert again.headers["plano-node"] == first.headers["plano-node"]
    settings.PLANO = replace(settings.PLANO, workspace_quota=10)
    for name, code in (("NOTE.txt", "name_taken"), ("autre.txt", "quota_exceeded")):
        refused = office.member.bytes.start(7, b"Bonsoir", workspace_id=office.workspace.id, filename=name)
        assert refused.data["code"] == code
    assert Upload.objects.count() == len(office.member.nodes()) == 1
    assert Usage.objects.get(workspace=office.workspace).bytes == 7
    assert len([path for path in own_store.root.rglob("*") if path.is_file() and len(path.name) == 32]) == 1


def test_a_small_file_cut_on_its_way_is_nothing_yet(office: Office) -> None:
    meta = {"workspace_id": office.workspace.id, "filename": "note.txt", "headers": {"Content-Length": "7"}}
    parts = {"Tus-Resumable": "1.0.0", "Upload-Length": "7", "Content-Type": BODY, "Content-Length": "7"}
    cut = office.member.bytes.request("POST", "/uploads/", b"Bonj", cut=True, **parts)
    assert cut.status_code == 0
    assert Upload.objects.count() == 0
    assert office.member.bytes.start(7, b"Bonjour", **meta).status_code == 201


def test_an_upload_of_nothing_is_a_document(office: Office) -> None:
    answer = office.member.bytes.start(0, workspace_id=office.workspace.id, filename="vide.txt")
    assert answer.status_code == 201
    assert office.reader.bytes.get(f"/nodes/{answer.headers['plano-node']}/content").content == b""


def test_capabilities_are_told_to_anybody(office: Office) -> None:
    answer = office.outsider.bytes.request("OPTIONS", "/uploads/")
    assert answer.status_code == 204
    assert set(answer.headers["tus-extension"].split(",")) >= {"creation", "termination", "checksum", "expiration"}


def test_a_cut_is_resumed_where_the_disk_stands(office: Office) -> None:
    location = begin(office.member)
    broken = office.member.bytes.patch(location, 0, [CONTENT[:700_000], CONTENT[700_000:800_000]], cut=True)
    assert broken.status_code == 0
    head = office.member.bytes.head(location)
    assert (head.status_code, head.headers["upload-offset"], head.headers["upload-length"]) == (
        200,
        "800000",
        "1300000",
    )
    done = office.member.bytes.patch(location, 800_000, CONTENT[800_000:])
    assert (done.status_code, done.headers["upload-offset"]) == (204, "1300000")
    node = office.reader.api.get(f"/nodes/{done.headers['plano-node']}").data
    assert node["sha256"] == hashlib.sha256(CONTENT).hexdigest()
    assert office.reader.bytes.get(f"/nodes/{node['id']}/content").content == CONTENT


def test_a_resume_in_another_process_hashes_again(office: Office) -> None:
    location = begin(office.member)
    office.member.bytes.patch(location, 0, CONTENT[:500_000])
    tus._digests.clear()
    done = office.member.bytes.patch(location, 500_000, CONTENT[500_000:])
    node = office.reader.api.get(f"/nodes/{done.headers['plano-node']}").data
    assert node["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_nothing_is_seen_before_the_last_byte(office: Office) -> None:
    location = begin(office.member)
    office.member.bytes.patch(location, 0, CONTENT[:500_000])
    assert office.member.nodes() == []
    pending = office.member.api.get("/uploads").data["items"]
    assert [(u["name"], u["length"], u["offset"], u["complete"]) for u in pending] == [
        ("plans.zip", 1_300_000, 500_000, False)
    ]
    assert office.manager.api.get("/uploads").data["items"] == []


def test_a_wrong_offset_writes_nothing(office: Office) -> None:
    location = begin(office.member)
    office.member.bytes.patch(location, 0, CONTENT[:1000])
    for offset in (0, 999, 1001):
        answer = office.member.bytes.patch(location, offset, b"x")
        assert (answer.status_code, answer.data["errors"]["offset"]) == (409, 1000)
    assert office.member.bytes.head(location).headers["upload-offset"] == "1000"


def test_the_last_answer_lost_the_upload_is_done_all_the_same(office: Office) -> None:
    location = begin(office.member)
    done = office.member.bytes.patch(location, 0, CONTENT)
    head = office.member.bytes.head(location)
    assert head.headers["upload-offset"] == head.headers["upload-length"]
    assert head.headers["plano-node"] == done.headers["plano-node"]
    again = office.member.bytes.patch(location, len(CONTENT), b"")
    assert (again.status_code, again.headers["plano-node"]) == (204, done.headers["plano-node"])
    assert len(office.member.nodes()) == 1


def test_r131_a_creation_sent_again_is_the_same_upload(office: Office) -> None:
    key = {"Idempotency-Key": str(uuid7())}
    first = office.member.bytes.start(9, workspace_id=office.workspace.id, filename="a.txt", headers=key)
    again = office.member.bytes.start(9, workspace_id=office.workspace.id, filename="a.txt", headers=key)
    assert first.headers["location"] == again.headers["location"]
    assert Usage.objects.get(workspace=office.workspace).bytes == 9
    other = office.manager.bytes.start(9, workspace_id=office.workspace.id, filename="a.txt", headers=key)
    assert other.status_code == 409


def test_r131_a_creation_with_bytes_sent_again_after_a_cut_doubles_nothing(office: Office) -> None:
    key = {"Idempotency-Key": str(uuid7())}
    meta = {"workspace_id": office.workspace.id, "filename": "dix.bin", "headers": key}
    begin(office.member, length=10, name="dix.bin", headers=key)
    location = office.member.bytes.start(10, b"01234", **meta).headers["location"]
    again = office.member.bytes.start(10, b"01234", **meta)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "5")
    done = office.member.bytes.patch(location, 5, b"56789")
    assert office.reader.bytes.get(f"/nodes/{done.headers['plano-node']}/content").content == b"0123456789"
    late = office.member.bytes.start(10, b"01234", **meta)
    assert late.headers["plano-node"] == done.headers["plano-node"]
    assert len(office.member.nodes()) == 1


@pytest.mark.parametrize("name", ["sha256", "sha1", "md5"])
def test_a_chunk_with_a_wrong_checksum_is_forgotten(office: Office, name: str) -> None:
    location = begin(office.member, length=10, name="dix.bin")
    good = base64.b64encode(hashlib.new(name, b"01234").digest()).decode()
    bad = base64.b64encode(hashlib.new(name, b"autre").digest()).decode()
    refused = office.member.bytes.patch(location, 0, b"01234", Upload_Checksum=f"{name} {bad}")
    assert refused.status_code == 460
    assert office.member.bytes.head(location).headers["upload-offset"] == "0"
    assert office.member.bytes.patch(location, 0, b"01234", Upload_Checksum=f"{name} {good}").status_code == 204
    done = office.member.bytes.patch(location, 5, b"56789")
    sha256 = office.member.api.get(f"/nodes/{done.headers['plano-node']}").data["sha256"]
    assert sha256 == hashlib.sha256(b"0123456789").hexdigest()


def test_a_chunk_with_a_checksum_that_is_cut_is_forgotten(office: Office) -> None:
    """Nothing vouches for a part of it."""
    location = begin(office.member, length=10, name="dix.bin")
    good = base64.b64encode(hashlib.sha256(b"01234").digest()).decode()
    office.member.bytes.patch(location, 0, b"01234", Upload_Checksum=f"sha256 {good}")
    rest = base64.b64encode(hashlib.sha256(b"56789").digest()).decode()
    office.member.bytes.patch(location, 5, b"567", cut=True, Upload_Checksum=f"sha256 {rest}")
    assert office.member.bytes.head(location).headers["upload-offset"] == "5"
    assert office.member.bytes.patch(location, 5, b"56789", Upload_Checksum="crc32 AAAA").status_code == 400
    assert office.member.bytes.patch(location, 5, b"56789", Upload_Checksum=f"sha256 {rest}").status_code == 204


def test_a_wrong_checksum_at_the_creation_keeps_the_place_and_no_byte(office: Office) -> None:
    bad = base64.b64encode(hashlib.sha256(b"autre").digest()).decode()
    key = str(uuid7())
    meta = {"workspace_id": office.workspace.id, "filename": "cinq.bin"}
    headers = {"Upload-Checksum": f"sha256 {bad}", "Idempotency-Key": key}
    assert office.member.bytes.start(5, b"01234", headers=headers, **meta).status_code == 460
    assert office.member.bytes.head(f"/api/v1/uploads/{key}").headers["upload-offset"] == "0"
    assert office.member.nodes() == []


def test_the_end_of_an_upload_is_told_and_moves_with_its_bytes(office: Office) -> None:
    """A day after the last byte, a week in all; meanwhile its space counts (documents-1)."""
    location = begin(office.member)
    told = parsedate_to_datetime(office.member.bytes.head(location).headers["upload-expires"])
    assert abs(told - now() - timedelta(hours=24)) < timedelta(minutes=1)
    Upload.objects.update(created_at=now() - timedelta(hours=20), expires_at=now() + timedelta(hours=4))
    moved = office.member.bytes.patch(location, 0, CONTENT[:1000]).headers["upload-expires"]
    assert abs(parsedate_to_datetime(moved) - now() - timedelta(hours=24)) < timedelta(minutes=1)
    Upload.objects.update(created_at=now() - timedelta(days=6, hours=23), expires_at=now() + timedelta(minutes=30))
    last = office.member.bytes.patch(location, 1000, CONTENT[1000:2000]).headers["upload-expires"]
    assert abs(parsedate_to_datetime(last) - now() - timedelta(hours=1)) < timedelta(minutes=1)
    space = office.manager.api.get(f"/workspaces/{office.workspace.id}/library/space").data
    assert (space["used"], space["incoming"]) == (len(CONTENT), len(CONTENT))
    Upload.objects.update(expires_at=now())
    assert office.member.bytes.head(location).status_code == 404


def test_documents17_a_full_disk_keeps_what_has_come_and_the_rest_comes_later(office: Office, own_store: Any) -> None:
    """A plain refusal; the bytes that the disk took count, and the sum at the end is that of all."""
    location = begin(office.member)
    write, left = files.os.write, [900_000]

    def full(descriptor: int, chunk: Any) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        some = memoryview(chunk)[: left[0]]
        left[0] -= len(some)
        return write(descriptor, some)

    with mock.patch.object(files.os, "write", full):
        refused = office.member.bytes.patch(location, 0, [CONTENT[:600_000], CONTENT[600_000:]])
    assert (refused.status_code, refused.data["code"]) == (503, "storage_full")
    assert office.member.bytes.head(location).headers["upload-offset"] == "900000"
    done = office.member.bytes.patch(location, 900_000, CONTENT[900_000:])
    node = office.reader.api.get(f"/nodes/{done.headers['plano-node']}").data
    assert node["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_giving_up_frees_the_space(office: Office) -> None:
    location = begin(office.member)
    office.member.bytes.patch(location, 0, CONTENT[:1000])
    assert Usage.objects.get(workspace=office.workspace).bytes == len(CONTENT)
    assert office.member.bytes.terminate(location).status_code == 204
    assert office.member.bytes.head(location).status_code == 404
    assert Usage.objects.get(workspace=office.workspace).bytes == 0


@pytest.mark.django_db(transaction=True)
def test_abandoned_parts_go_after_a_day_and_their_bytes_with_them() -> None:
    from plano.platform import blobs
    from tests.documents.conftest import seat
    from tests.factories.people import make_user
    from tests.factories.workspaces import make_workspace

    user = make_user()
    workspace = make_workspace(manager=user)
    location = begin(seat(user, workspace))
    part = Upload.objects.get().part
    assert actions.forget_expired() == 0
    assert actions.forget_expired(now() + timedelta(hours=25)) == 1
    assert seat(user, workspace).bytes.head(location).status_code == 404
    with pytest.raises(blobs.Missing):
        blobs.store().part_size(part)
    assert Usage.objects.get(workspace=workspace).bytes == 0


def test_r072_another_person_finds_no_upload(office: Office) -> None:
    location = begin(office.member)
    for stranger in (office.manager, office.reader, office.outsider):
        for answer in (
            stranger.bytes.head(location),
            stranger.bytes.patch(location, 0, b"x"),
            stranger.bytes.terminate(location),
            stranger.api.post(location.removeprefix("/api/v1") + "/decision", {"conflict": "skip"}),
        ):
            assert answer.status_code == 404
    assert office.member.bytes.head(location).headers["upload-offset"] == "0"


def test_r072_rights_are_checked_at_the_end(office: Office) -> None:
    location = begin(office.member)
    office.member.bytes.patch(location, 0, CONTENT[:-1])
    workspaces.change_role(
        actor=office.manager.user,
        workspace_id=office.workspace.id,
        user_id=office.member.user.id,
        role=20,  # type: ignore[arg-type]
    )
    assert office.member.bytes.patch(location, len(CONTENT) - 1, CONTENT[-1:]).status_code == 403
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.member.user.id)
    assert office.member.bytes.patch(location, len(CONTENT) - 1, CONTENT[-1:]).status_code == 404
    assert office.manager.nodes() == []


def test_r072_a_reader_and_a_guest_start_nothing(office: Office) -> None:
    for seat, status in ((office.reader, 403), (office.guest, 404), (office.outsider, 404)):
        assert seat.bytes.start(3, workspace_id=office.workspace.id, filename="x").status_code == status


def test_r072_more_bytes_than_said_are_refused(office: Office) -> None:
    location = begin(office.member, length=10, name="dix.bin")
    answer = office.member.bytes.patch(location, 0, b"x" * 11)
    assert (answer.status_code, answer.data["code"]) == (413, "upload_longer_than_said")
    assert office.member.bytes.head(location).headers["upload-offset"] == "0"


def test_r072_quota_and_size_are_asked_at_the_start(office: Office, settings: Any) -> None:
    settings.PLANO = replace(settings.PLANO, upload_max_size=1000, workspace_quota=1500)
    large = office.member.bytes.start(1001, workspace_id=office.workspace.id, filename="x")
    assert (large.status_code, large.data["code"]) == (413, "document_too_large")
    begin(office.member, length=1000, name="a")
    full = office.member.bytes.start(501, workspace_id=office.workspace.id, filename="b")
    assert (full.status_code, full.data["code"], full.data["errors"]["free"]) == (413, "quota_exceeded", 500)
    begin(office.member, length=500, name="b")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": ""}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "1e9"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Length": "", "Upload-Defer-Length": "1"}, 400),
        ({"Upload-Concat": "partial"}, 400),
        ({"Upload-Metadata": "filename !!!"}, 400),
        ({"Upload-Metadata": "base LTE="}, 400),
        ({"Upload-Metadata": "workspace_id bm9u"}, 400),
        ({"X-CSRF-Token": "autre"}, 403),
        ({"Origin": "https://evil.example"}, 403),
    ],
)
def test_a_malformed_creation_is_refused_in_words(office: Office, headers: dict[str, str], status: int) -> None:
    answer = office.member.bytes.start(3, workspace_id=office.workspace.id, filename="x", headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "x" * 300, "", "\u202e"])
def test_r071_hostile_upload_names_are_refused(office: Office, name: str) -> None:
    answer = office.member.bytes.start(3, workspace_id=office.workspace.id, filename=name)
    assert answer.status_code == 400
    assert "name" in answer.data["errors"]


# --- The same name again (documents-3) ---------------------------------------------------------------------


def test_a_taken_name_asks_before_a_byte_is_sent(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    answer = office.member.bytes.start(4, workspace_id=office.workspace.id, filename="PLAN.txt")
    assert (answer.status_code, answer.data["code"]) == (409, "name_taken")
    assert answer.data["errors"]["node"]["id"] == node["id"]


def test_new_version_and_keep_both(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    put = office.member.bytes.start(
        4, b"deux", workspace_id=office.workspace.id, filename="plan.txt", conflict="version"
    )
    assert put.headers["plano-node"] == node["id"]
    assert office.reader.api.get(f"/nodes/{node['id']}").data["content_version"] == 2
    both = office.member.bytes.start(
        5, b"trois", workspace_id=office.workspace.id, filename="plan.txt", conflict="keep_both"
    )
    assert office.reader.api.get(f"/nodes/{both.headers['plano-node']}").data["name"] == "plan (2).txt"


@pytest.mark.parametrize(
    ("decision", "names", "version"), [("version", ["plan.txt"], 2), ("keep_both", ["plan (2).txt", "plan.txt"], 1)]
)
def test_a_name_taken_meanwhile_asks_at_the_end_and_no_byte_is_sent_again(
    office: Office, decision: str, names: list[str], version: int
) -> None:
    location = begin(office.member, length=4, name="plan.txt")
    node = office.manager.document("plan.txt", b"un")
    answer = office.member.bytes.patch(location, 0, b"deux")
    assert (answer.status_code, answer.data["code"], answer.data["errors"]["node"]["id"]) == (
        409,
        "name_taken",
        node["id"],
    )
    assert office.member.bytes.head(location).headers["upload-offset"] == "4"
    decided = office.member.api.post(location.removeprefix("/api/v1") + "/decision", {"conflict": decision})
    assert decided.status_code == 200
    assert office.reader.bytes.get(f"/nodes/{decided.data['id']}/content").content == b"deux"
    assert sorted(n["name"] for n in office.reader.nodes()) == names
    assert office.reader.api.get(f"/nodes/{node['id']}").data["content_version"] == version


def test_skip_gives_up(office: Office) -> None:
    location = begin(office.member, length=4, name="plan.txt")
    office.manager.document("plan.txt", b"un")
    office.member.bytes.patch(location, 0, b"deux")
    path = location.removeprefix("/api/v1") + "/decision"
    assert office.member.api.post(path, {"conflict": "skip"}).status_code == 204
    assert office.member.bytes.head(location).status_code == 404
    assert Usage.objects.get(workspace=office.workspace).bytes == 2


def test_a_folder_gone_meanwhile_keeps_the_bytes_for_another(office: Office) -> None:
    folder = office.member.create("Annexes")
    location = begin(office.member, length=4, name="plan.txt", parent_id=folder["id"])
    office.member.bytes.patch(location, 0, b"de")
    office.manager.api.delete(f"/nodes/{folder['id']}")
    answer = office.member.bytes.patch(location, 2, b"ux")
    assert (answer.status_code, answer.data["code"]) == (409, "folder_gone")
    queries.upload_for(office.member.user, Upload.objects.get().id)


def test_a_new_version_of_one_document_by_its_id(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    answer = office.member.bytes.start(4, b"deux", node_id=node["id"], filename="autre nom.txt")
    assert answer.headers["plano-node"] == node["id"]
    assert office.reader.api.get(f"/nodes/{node['id']}").data["name"] == "plan.txt"
    assert office.reader.bytes.get(f"/nodes/{node['id']}/content").content == b"deux"


# --- Somebody else was quicker (documents-4) ---------------------------------------------------------------


def newer(office: Office, content: bytes = b"deux") -> dict[str, Any]:
    """A document of the member, in its second version by the manager."""
    node = office.member.document("plan.txt", b"un")
    answer = office.manager.bytes.put(f"/nodes/{node['id']}/content", content, If_Match=f'"{node["sha256"]}"')
    found: dict[str, Any] = answer.data
    return found


def contents(office: Office) -> dict[str, bytes]:
    return {
        node["name"]: office.reader.bytes.get(f"/nodes/{node['id']}/content").content for node in office.reader.nodes()
    }


def test_documents4_a_new_version_of_an_older_one_is_refused_before_a_byte_is_sent(office: Office) -> None:
    node = newer(office)
    answer = office.member.bytes.start(5, b"trois", node_id=node["id"], filename="x", base=1)
    assert (answer.status_code, answer.data["code"]) == (409, "newer_version")
    assert answer.data["errors"]["node"]["content_version"] == 2
    by_name = {"workspace_id": office.workspace.id, "filename": "PLAN.txt", "conflict": "version"}
    assert office.member.bytes.start(5, b"trois", base=1, **by_name).data["code"] == "newer_version"
    assert office.member.bytes.start(5, b"trois", base=2, **by_name).headers["plano-version"] == "3"


@pytest.mark.parametrize(
    ("decision", "after"),
    [
        ({"conflict": "keep_both"}, {"plan.txt": b"deux", "plan (2).txt": b"trois"}),
        ({"conflict": "version", "base": 2}, {"plan.txt": b"trois"}),
        ({"conflict": "version"}, {"plan.txt": b"trois"}),
        ({"conflict": "skip"}, {"plan.txt": b"deux"}),
    ],
)
def test_documents4_one_that_came_in_meanwhile_asks_and_the_bytes_wait(
    office: Office, decision: dict[str, Any], after: dict[str, bytes]
) -> None:
    node = office.member.document("plan.txt", b"un")
    location = begin(office.member, length=5, name="x", node_id=node["id"], base=1)
    office.manager.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    answer = office.member.bytes.patch(location, 0, b"trois")
    assert (answer.status_code, answer.data["code"]) == (409, "newer_version")
    path = location.removeprefix("/api/v1") + "/decision"
    assert office.member.api.post(path, {"conflict": "version", "base": 1}).data["code"] == "newer_version"
    assert contents(office) == {"plan.txt": b"deux"}
    assert office.member.api.post(path, decision).status_code in (200, 204)
    assert contents(office) == after


def test_documents4_ones_own_newer_version_and_the_same_bytes_are_no_conflict(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    mine = office.member.bytes.start(5, b"trois", node_id=node["id"], filename="x", base=1)
    assert (mine.status_code, mine.headers["plano-version"]) == (201, "3")


def test_documents4_a_program_says_which_content_it_replaces(office: Office) -> None:
    """Its own needs no word; somebody else's does, and `*` is one."""
    node = newer(office)
    path = f"/nodes/{node['id']}/content"
    silent = office.member.bytes.put(path, b"trois", If_Match="")
    assert (silent.status_code, silent.data["code"]) == (428, "condition_missing")
    assert silent.data["errors"]["current"]["sha256"] == node["sha256"]
    assert office.member.bytes.put(path, b"trois", If_Match='"1"').status_code == 412
    assert contents(office) == {"plan.txt": b"deux"}
    assert office.manager.bytes.put(path, b"deux bis", If_Match="").status_code == 200
    assert office.member.bytes.put(path, b"trois", If_Match="*").status_code == 200


def test_r072_three_gigabytes_are_taken_within_the_limit(office: Office, own_store: Any) -> None:
    """Sparse: the part is made as large as the upload by the disk itself; the last bytes come by tus."""
    size = 3 * 1024**3
    location = begin(office.member, length=size, name="sauvegarde.bin")
    part = Upload.objects.get().part
    os.truncate(own_store.root / "parts" / part, size - 5)
    original, tus_hash = actions.uploads._hash, lambda blob: "0" * 64  # type: ignore[attr-defined]
    actions.uploads._hash = tus_hash  # type: ignore[attr-defined]
    try:
        done = office.member.bytes.patch(location, size - 5, b"fin !")
    finally:
        actions.uploads._hash = original  # type: ignore[attr-defined]
    node = done.headers["plano-node"]
    assert office.reader.api.get(f"/nodes/{node}").data["size"] == size
    tail = office.reader.bytes.get(f"/nodes/{node}/content", Range="bytes=-5")
    assert (tail.status_code, tail.content) == (206, b"fin !")
