"""Uploads and downloads over the sealed store, in a folder and in a real S3 bucket."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plano.documents import actions, queries
from plano.documents.models import Upload, Version
from plano.kernel.errors import Unavailable
from plano.platform import blobs
from plano.platform.blobs.base import Ground
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.sealed import SealedStore
from tests.documents.conftest import Office

CONTENT = os.urandom(1_300_000)


@pytest.fixture(params=["files", "s3"], autouse=True)
def sealed(request: pytest.FixtureRequest, own_store: Any, tmp_path: Path) -> SealedStore:
    """The store of the test; the folder's one is put aside."""
    keys = Keyring(tmp_path / "storage-keys", (secrets.token_urlsafe(48),))
    is_s3 = request.param == "s3"
    ground: Ground = request.getfixturevalue("seaweed").store() if is_s3 else FileStore(tmp_path / "sealed")
    store = SealedStore(ground, keys, only=True)
    blobs.use(store)
    return store


def begin(office: Office, length: int = len(CONTENT)) -> str:
    answer = office.member.bytes.start(length, workspace_id=office.workspace.id, filename="plans.zip")
    assert answer.status_code == 201, answer.content
    return str(answer.headers["location"])


def test_an_upload_is_cut_goes_on_and_comes_back_whole_and_in_part(office: Office, sealed: SealedStore) -> None:
    location = begin(office)
    assert office.member.bytes.patch(location, 0, CONTENT[:400_001]).status_code == 204
    cut = office.member.bytes.request(
        "PATCH",
        location.removeprefix("/api/v1"),
        [CONTENT[400_001:1_000_000]],
        cut=True,
        **{"Tus-Resumable": "1.0.0", "Upload-Offset": "400001", "Content-Type": "application/offset+octet-stream"},
    )
    assert cut.status_code == 0
    offset = int(office.member.bytes.head(location).headers["upload-offset"])
    assert 400_001 <= offset <= 1_000_000
    done = office.member.bytes.patch(location, offset, CONTENT[offset:])
    assert done.status_code == 204, done.content
    path = f"/nodes/{done.headers['plano-node']}/content"
    assert office.reader.bytes.get(path).content == CONTENT
    part = office.reader.bytes.get(path, Range="bytes=65530-700000")
    assert (part.status_code, part.content) == (206, CONTENT[65_530:700_001])
    assert queries.damaged(verify=True) == []
    assert queries.orphans(timedelta(hours=-1)) == []
    assert Version.objects.get().size == len(CONTENT)


def test_a_chunk_with_a_wrong_checksum_leaves_nothing(office: Office) -> None:
    location = begin(office)
    assert office.member.bytes.patch(location, 0, CONTENT[:1000]).status_code == 204
    wrong = office.member.bytes.patch(location, 1000, b"x" * 500_000, **{"Upload-Checksum": "sha1 AAAA"})
    assert wrong.status_code == 460
    assert office.member.bytes.head(location).headers["upload-offset"] == "1000"
    done = office.member.bytes.patch(location, 1000, CONTENT[1000:])
    assert office.reader.bytes.get(f"/nodes/{done.headers['plano-node']}/content").content == CONTENT


def test_a_whole_file_and_its_versions(office: Office) -> None:
    node = office.member.document("plan.txt", b"un")
    path = f"/nodes/{node['id']}"
    office.member.bytes.put(f"{path}/content", b"deux" * 100_000)
    assert office.reader.bytes.get(f"{path}/content").content == b"deux" * 100_000
    assert office.reader.bytes.get(f"{path}/versions/1/content").content == b"un"
    empty = office.member.document("vide.txt", b"")
    assert office.reader.bytes.get(f"/nodes/{empty['id']}/content").content == b""


def test_an_upload_that_is_given_up_leaves_no_bytes(
    office: Office, sealed: SealedStore, django_capture_on_commit_callbacks: Any
) -> None:
    location = begin(office)
    office.member.bytes.patch(location, 0, CONTENT[:70_000])
    part = Upload.objects.get().part
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_upload(actor=office.member.user, upload_id=Upload.objects.get().id)
    assert sealed.ground.note(part) is None
    with pytest.raises(blobs.Missing):
        sealed.part_size(part)


def test_r133_a_storage_that_does_not_answer_is_a_503_and_nothing_is_lost(
    office: Office, sealed: SealedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = begin(office)
    office.member.bytes.patch(location, 0, CONTENT[:70_000])

    def down(*_: object) -> None:
        raise Unavailable("storage_unavailable", retry_after=5)

    with monkeypatch.context() as patch:
        patch.setattr(sealed.ground, "append", down)
        answer = office.member.bytes.patch(location, 70_000, CONTENT[70_000:])
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.data["code"] == "storage_unavailable"
    done = office.member.bytes.patch(location, 70_000, CONTENT[70_000:])
    assert office.reader.bytes.get(f"/nodes/{done.headers['plano-node']}/content").content == CONTENT
