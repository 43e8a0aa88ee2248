"""Bytes in and out: whole files, ranges, types, versions, rights while they run."""

import hashlib
import os
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest

from plano.documents import queries
from plano.documents.faces import download as face
from plano.documents.faces import streaming
from plano.documents.models import Node, Usage, Version
from plano.platform import blobs
from plano.workspaces import actions as workspaces
from tests.documents.bytes import as_in_a_thread
from tests.documents.conftest import Office

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def test_the_bytes_come_back_as_they_were(office: Office) -> None:
    content = os.urandom(3_000_000)
    node = office.member.document("relevé.bin", content)
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content")
    assert answer.status_code == 200
    assert answer.content == content
    assert answer.headers["content-length"] == str(len(content))
    assert answer.headers["etag"] == f'"{hashlib.sha256(content).hexdigest()}"' == f'"{node["sha256"]}"'
    assert max(answer.chunks) <= face.CHUNK
    assert (node["size"], node["content_version"], node["state"]) == (3_000_000, 1, "unscanned")


def test_an_empty_document_is_zero_bytes(office: Office) -> None:
    node = office.member.create("vide.txt", kind="document")
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content")
    assert (answer.status_code, answer.content, node["state"]) == (200, b"", "empty")
    filled = office.member.bytes.put(f"/nodes/{node['id']}/content", b"").data
    assert (filled["size"], filled["content_version"]) == (0, 1)


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_ranges(office: Office, asked: str, status: int, body: bytes, said: str | None) -> None:
    node = office.member.document("dix.bin", b"0123456789")
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content", Range=asked)
    assert (answer.status_code, answer.content, answer.headers.get("content-range")) == (status, body, said)


def test_a_range_of_another_version_gets_the_whole(office: Office) -> None:
    node = office.member.document("dix.bin", b"0123456789")
    path = f"/nodes/{node['id']}/content"
    tag = office.reader.bytes.get(path).headers["etag"]
    assert office.reader.bytes.get(path, Range="bytes=2-3", If_Range=tag).content == b"23"
    office.member.bytes.put(path, b"abcdefghij")
    answer = office.reader.bytes.get(path, Range="bytes=2-3", If_Range=tag)
    assert (answer.status_code, answer.content) == (200, b"abcdefghij")


def test_head_tells_the_same_without_the_bytes(office: Office) -> None:
    node = office.member.document("dix.bin", b"0123456789")
    answer = office.reader.bytes.request("HEAD", f"/nodes/{node['id']}/content")
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (200, b"", "10")


def test_a_known_content_is_not_sent_again(office: Office) -> None:
    node = office.member.document("dix.bin", b"0123456789")
    path = f"/nodes/{node['id']}/content"
    tag = office.reader.bytes.get(path).headers["etag"]
    assert office.reader.bytes.get(path, If_None_Match=tag).status_code == 304


ACTIVE = [
    ("page.html", b"<html><script>alert(1)</script></html>"),
    ("page.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
    ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("dessin.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("page.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
    ("formule.mml", b'<?xml version="1.0"?><math/>'),
    ("script.js", b"alert(1)"),
    ("message.eml", b"Content-Type: text/html\n\n<script>alert(1)</script>"),
    ("image.gif", b"GIF89a/*<script>alert(1)</script>*/=1"),
    ("inconnu.png", b"\x00\x01\x02\x03" * 20),
]


@pytest.mark.parametrize(("name", "content"), ACTIVE, ids=[name for name, _ in ACTIVE])
@pytest.mark.parametrize("query", ["", "?inline=1", "?inline=1&inline=0", "?inline=true"])
def test_r070_nothing_runs_in_our_origin(office: Office, name: str, content: bytes, query: str) -> None:
    node = office.member.document(name, content)
    for path in (f"/nodes/{node['id']}/content", f"/nodes/{node['id']}/versions/1/content"):
        for headers in ({}, {"Range": "bytes=0-5"}):
            answer = office.reader.bytes.get(path + query, **headers)
            media = answer.headers["content-type"]
            assert not any(word in media for word in ("html", "xml", "svg", "javascript", "rfc822", "math"))
            assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
            assert answer.headers["x-content-type-options"] == "nosniff"
            if not media.startswith("image/gif"):
                assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "content", "media", "inline"),
    [
        ("plan.png", PNG, "image/png", "image/png"),
        ("plan.txt", PNG, "image/png", "image/png"),
        ("note.md", "# Été".encode(), "text/markdown", "text/plain; charset=utf-8"),
        ("note.txt", "Été".encode(), "text/plain", "text/plain; charset=utf-8"),
        ("avis.pdf", b"%PDF-1.7\n", "application/pdf", "application/pdf"),
    ],
)
def test_the_server_decides_the_type_and_shows_what_is_safe(
    office: Office, name: str, content: bytes, media: str, inline: str
) -> None:
    node = office.member.document(name, content)
    assert node["media_type"] == media
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content?inline=1")
    assert answer.headers["content-type"] == inline
    assert answer.headers["content-disposition"].startswith("inline")
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "plain", "encoded"),
    [
        ("Été à l’hôtel.odt", "Ete a lhotel.odt", "%C3%89t%C3%A9%20%C3%A0%20l%E2%80%99h%C3%B4tel.odt"),
        ('a"b;c%41.txt', "a_b_c_41.txt", "a%22b%3Bc%2541.txt"),
        ("日本.pdf", ".pdf", "%E6%97%A5%E6%9C%AC.pdf"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie: x=1.txt", "a%20Set-Cookie%3A%20x%3D1.txt"),
    ],
)
def test_r071_names_travel_encoded_and_add_no_header(office: Office, name: str, plain: str, encoded: str) -> None:
    node = office.member.document(name)
    answer = office.reader.bytes.get(f"/nodes/{node['id']}/content")
    assert answer.headers["content-disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    assert "set-cookie" not in answer.headers


def test_r071_names_on_disk_are_made_by_the_server(office: Office) -> None:
    node = office.member.document("Secret d’État.txt")
    blob = Node.objects.get(id=node["id"]).blob
    assert len(blob) == 32
    assert set(blob) <= set("0123456789abcdef")


def test_versions_are_kept_listed_downloaded_and_restored(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    path = f"/nodes/{node['id']}"
    office.manager.bytes.put(f"{path}/content", b"deux")
    listed = office.reader.api.get(f"{path}/versions").data["items"]
    assert [(v["number"], v["size"], v["author"]["name"], v["origin"]) for v in listed] == [
        (2, 4, "Manager", "upload"),
        (1, 2, "Member", "upload"),
    ]
    assert office.reader.bytes.get(f"{path}/versions/1/content").content == b"un"
    assert office.reader.bytes.get(f"{path}/versions/9/content").status_code == 404
    back = office.member.api.post(f"{path}/versions/1/restore")
    assert (back.status_code, back.data["content_version"], back.data["size"]) == (200, 3, 2)
    assert office.reader.bytes.get(f"{path}/content").content == b"un"
    assert office.reader.api.get(f"{path}/versions").data["items"][0]["restored_from"] == 1
    assert office.member.api.post(f"{path}/versions/3/restore").data["code"] == "version_is_current"


def test_r131_the_same_bytes_again_make_no_version(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    again = office.member.bytes.put(f"/nodes/{node['id']}/content", b"un").data
    assert again["content_version"] == 1
    assert Usage.objects.get(workspace=office.workspace).bytes == 2


def test_two_who_save_at_once_the_second_gets_a_conflict(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    path = f"/nodes/{node['id']}/content"
    tag = office.member.bytes.get(path).headers["etag"]
    assert office.member.bytes.put(path, b"deux", If_Match=tag).status_code == 200
    late = office.manager.bytes.put(path, b"trois", If_Match=tag)
    assert (late.status_code, late.data["errors"]["current"]["content_version"]) == (412, 2)
    assert office.reader.bytes.get(path).content == b"deux"
    assert queries.orphans(timedelta(hours=-1)) == []


def test_who_may_only_read_writes_nothing(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    path = f"/nodes/{node['id']}/content"
    assert office.reader.bytes.put(path, b"x").status_code == 403
    assert office.guest.bytes.put(path, b"x").status_code == 404
    assert office.member.bytes.put(path, b"x", X_CSRF_Token="autre").data["code"] == "csrf_failed"
    assert office.member.bytes.put(path, b"x", Origin="https://evil.example").data["code"] == "foreign_origin"
    assert office.member.bytes.get(path, Host="evil.example").status_code == 400


def test_r076_a_broken_upload_leaves_nothing(office: Office) -> None:
    node = office.member.create("plan.txt", kind="document")
    path = f"/nodes/{node['id']}/content"
    assert office.member.bytes.request("PUT", path, b"moiti", cut=True).status_code == 0
    assert office.reader.api.get(f"/nodes/{node['id']}").data["state"] == "empty"
    assert queries.orphans(timedelta(hours=-1)) == []


def test_r076_a_flipped_byte_is_reported(office: Office) -> None:
    node = office.member.document("plan.txt", b"un contenu")
    assert queries.damaged(verify=True) == []
    blob = Node.objects.get(id=node["id"]).blob
    store: Any = blobs.store()
    with store._path(blob).open("r+b") as file:
        file.write(b"U")
    assert queries.damaged(verify=True) == [f"{blob}: not the bytes that were uploaded"]


def test_r072_a_document_larger_than_the_limit_is_refused_whatever_its_header_says(
    office: Office, settings: Any
) -> None:
    node = office.member.create("gros.bin", kind="document")
    path = f"/nodes/{node['id']}/content"
    settings.PLANO = replace(settings.PLANO, upload_max_size=1000)
    assert office.member.bytes.put(path, b"x" * 1001).status_code == 413
    lie = office.member.bytes.request("PUT", path, [b"x" * 600, b"x" * 600], Content_Length="10")
    assert lie.status_code == 413
    assert office.member.bytes.put(path, b"x" * 1000).status_code == 200
    assert queries.orphans(timedelta(hours=-1)) == []


def test_r007_a_running_download_ends_when_the_reader_is_removed(office: Office) -> None:
    node = office.member.document("gros.bin", b"x" * (6 * face.CHUNK))
    reads = 0

    class Clock:
        """Each look at the clock is four seconds later."""

        at = 0.0

        def monotonic(self) -> float:
            nonlocal reads
            reads += 1
            if reads == 3:
                as_in_a_thread(
                    workspaces.remove_member,
                    actor=office.manager.user,
                    workspace_id=office.workspace.id,
                    user_id=office.reader.user.id,
                )
            Clock.at += 4
            return Clock.at

    with mock.patch.object(streaming, "time", Clock()):
        answer = office.reader.bytes.get(f"/nodes/{node['id']}/content")
    assert answer.status_code == 200
    assert not answer.complete
    assert len(answer.content) < 6 * face.CHUNK


def test_r077_an_address_is_worth_the_rights_of_who_opens_it(office: Office) -> None:
    node = office.member.document("plan.txt")
    path = f"/nodes/{node['id']}/content"
    assert office.reader.bytes.get(path).status_code == 200
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.reader.user.id)
    assert office.reader.bytes.get(path).status_code == 404
    assert office.guest.bytes.get(path).status_code == 404
    office.member.api.client.cookies.clear()
    assert office.member.bytes.get(path).status_code == 401


def test_r132_no_row_without_content_and_no_content_without_row(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    office.member.bytes.put(f"/nodes/{node['id']}/content", b"deux")
    office.member.api.delete(f"/nodes/{node['id']}")
    assert queries.damaged() == []
    assert Usage.objects.get(workspace=office.workspace).bytes == 6


@pytest.mark.django_db(transaction=True)
def test_r132_purge_removes_the_bytes_after_the_commit() -> None:
    from tests.documents.conftest import seat
    from tests.factories.people import make_user
    from tests.factories.workspaces import make_workspace

    manager = make_user()
    workspace = make_workspace(manager=manager)
    boss = seat(manager, workspace)
    node = boss.document("plan.txt", b"un")
    copy = boss.api.post(f"/nodes/{node['id']}/copy", {}).data
    blob = Version.objects.get(node_id=node["id"]).blob
    boss.api.delete(f"/nodes/{node['id']}")
    assert boss.api.delete(f"/nodes/{node['id']}/bin").status_code == 200
    blobs.store().open(blob).close()  # the copy holds it
    boss.api.delete(f"/nodes/{copy['id']}")
    assert boss.api.delete(f"/nodes/{copy['id']}/bin").status_code == 200
    with pytest.raises(blobs.Missing):
        blobs.store().open(blob)
    assert Usage.objects.get(workspace=workspace).bytes == 0
