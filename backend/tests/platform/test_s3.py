"""What only a bucket has: pieces, another node, a server that refuses or is not there. On a real SeaweedFS."""

import logging
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from plano.kernel.errors import Unavailable
from plano.platform.blobs import Busy, Missing, new_name, s3
from plano.platform.blobs.base import Ground, Trouble
from plano.platform.blobs.bucket import Bucket
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.locks import PostgresLocks
from plano.platform.blobs.s3 import S3Store
from plano.platform.blobs.sealed import SealedStore
from tests.platform.conftest import put, read
from tests.seaweed import BUCKET, SECRET, Seaweed, free_ports

PIECE = 5 << 20
CONTENT = os.urandom(3 * PIECE + 12_345)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest that S3 takes."""
    monkeypatch.setattr(s3, "PIECE", PIECE)


@pytest.fixture
def store(seaweed: Seaweed) -> S3Store:
    return seaweed.store()


def node(seaweed: Seaweed, store: S3Store) -> S3Store:
    """The same place, seen by a process that knows nothing of the first."""
    return seaweed.store(store.bucket.prefix)


def write(part: object, content: bytes) -> None:
    for start in range(0, len(content), 1 << 19):
        part.write(content[start : start + (1 << 19)])  # type: ignore[attr-defined]


def uploads(seaweed: Seaweed, store: S3Store) -> list[str]:
    found = seaweed.client.list_multipart_uploads(Bucket=BUCKET)
    return [item["Key"] for item in found.get("Uploads", []) if item["Key"].startswith(store.bucket.prefix)]


@pytest.mark.parametrize("first", [0, 7, PIECE, PIECE + 9])
def test_r130_another_node_goes_on_after_a_crash(first: int, seaweed: Seaweed, store: S3Store) -> None:
    name = put(store, CONTENT[:first])
    dying = store.append(name)
    write(dying, CONTENT[first:-100])  # nothing flushes it
    again = node(seaweed, store)
    size = again.part_size(name)
    assert first <= size <= len(CONTENT) - 100
    assert size >= len(CONTENT) - 100 - PIECE
    part = again.append(name)
    assert part.offset == size
    write(part, CONTENT[size:])
    part.close()
    assert node(seaweed, store).part_size(name) == len(CONTENT)
    assert again.keep(name) == node(seaweed, store).keep(name) == len(CONTENT)
    assert read(again, name) == CONTENT
    assert uploads(seaweed, store) == []
    with pytest.raises(Missing):
        again.part_size(name)


def test_pieces_that_were_taken_back_never_come_again(seaweed: Seaweed, store: S3Store) -> None:
    """A wrong checksum after three pieces, then a crash while the right bytes come."""
    name = put(store, CONTENT[:10])
    part = store.append(name)
    write(part, os.urandom(3 * PIECE))
    part.cut(10)
    write(part, CONTENT[10 : PIECE + 100])
    again = node(seaweed, store)
    size = again.part_size(name)
    assert size == PIECE
    part = again.append(name)
    write(part, CONTENT[size:])
    part.close()
    assert again.keep(name) == len(CONTENT)
    assert read(again, name) == CONTENT


@pytest.mark.parametrize("size", [100, len(CONTENT)])
def test_keeping_can_be_stopped_before_its_last_step(
    size: int, seaweed: Seaweed, store: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = put(store, b"")
    part = store.append(name)
    write(part, CONTENT[:size])
    part.close()
    with monkeypatch.context() as patch:
        patch.setattr(Bucket, "delete", lambda self, kind, name: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            store.keep(name)
    assert node(seaweed, store).keep(name) == size
    assert read(store, name) == CONTENT[:size]


def test_what_is_discarded_leaves_nothing(seaweed: Seaweed, store: S3Store) -> None:
    name = put(store, b"")
    part = store.append(name)
    write(part, CONTENT)
    part.close()
    store.set_note(name, b"x")
    assert len(uploads(seaweed, store)) == 1
    store.discard(name)
    assert uploads(seaweed, store) == []
    left = seaweed.client.list_objects_v2(Bucket=BUCKET, Prefix=store.bucket.prefix)
    assert left.get("Contents", []) == []


def test_a_long_reading_is_one_stream(store: S3Store) -> None:
    name = put(store, b"")
    part = store.append(name)
    write(part, CONTENT)
    part.close()
    store.keep(name)
    content = store.open(name)
    asked: list[str] = []
    get = content._get
    content._get = lambda offset, end: asked.append(f"{offset}-{end}") or get(offset, end)  # type: ignore[method-assign, func-returns-value]
    pieces, offset = [], 0
    while chunk := content.read(offset, 1 << 19):
        pieces.append(chunk)
        offset += len(chunk)
    content.close()
    assert b"".join(pieces) == CONTENT
    assert len(asked) == 2


def test_a_stream_that_is_cut_goes_on(store: S3Store) -> None:
    name = put(store, CONTENT)
    store.keep(name)
    content = store.open(name)
    found = content.read(0, 1 << 19) + content.read(1 << 19, 1 << 19)
    content._stream._raw_stream.connection.sock.shutdown(socket.SHUT_RDWR)
    while chunk := content.read(len(found), 1 << 19):
        found += chunk
    content.close()
    assert found == CONTENT


KILLED = """
import os, sys
from pathlib import Path
import django
django.setup()
from plano.platform.blobs import s3
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.locks import ProcessLocks
from plano.platform.blobs.sealed import SealedStore
url, keys, name, content = sys.argv[1:]
s3.PIECE = 5 << 20
ground = s3.S3Store(s3.at(url).bucket, ProcessLocks()) if url.startswith("s3:") else FileStore(Path(url))
part = SealedStore(ground, Keyring(Path(keys))).append(name)
part.write(Path(content).read_bytes()[part.offset:-70_000])
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("place", ["files", "s3"])
def test_r130_a_process_killed_in_mid_upload_loses_nothing_that_was_flushed(
    place: str, seaweed: Seaweed, keys: Keyring, tmp_path: Path
) -> None:
    ground: Ground = FileStore(tmp_path / "files") if place == "files" else seaweed.store()
    url = str(tmp_path / "files") if place == "files" else seaweed.url(f"{BUCKET}/{ground.bucket.prefix.strip('/')}")  # type: ignore[attr-defined]
    store = SealedStore(ground, keys)
    name = put(store, CONTENT[:100_000])
    (tmp_path / "content").write_bytes(CONTENT)
    arguments = [url, str(keys.path), name, str(tmp_path / "content")]
    died = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    size = store.part_size(name)
    assert len(CONTENT) - 70_000 - PIECE - (1 << 16) <= size <= len(CONTENT) - 70_000
    part = store.append(name)
    part.write(CONTENT[size:])
    part.close()
    assert store.keep(name) == len(CONTENT)
    assert read(store, name) == CONTENT


# --- Refusals ----------------------------------------------------------------------------------------------


def test_r133_a_server_that_is_not_there_is_one_refusal(caplog: pytest.LogCaptureFixture) -> None:
    store = s3.at(f"s3://key:{SECRET.replace('/', '%2F')}@127.0.0.1:{free_ports(1)[0]}/plano?tls=0")
    for verb in (store.begin, store.part_size, store.keep, store.open, store.note):
        with pytest.raises(Unavailable) as refusal:
            verb(new_name())
        assert (refusal.value.code, refusal.value.retry_after) == ("storage_unavailable", 5)
        assert refusal.value.errors == {}  # hosts and folders are for the log, not for the answer
    assert "does not answer" in caplog.text
    assert SECRET not in caplog.text


def test_r121_a_wrong_secret_and_a_wrong_bucket_are_named_without_the_secret(
    seaweed: Seaweed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seaweed.store()
    for url, reason in (
        (seaweed.url(BUCKET, secret="another/secret+altogether"), "SignatureDoesNotMatch"),
        (seaweed.url("no-such-bucket"), "NoSuchBucket"),
    ):
        with pytest.raises(Trouble) as refusal:
            s3.at(url).ping()
        assert refusal.value.reason.endswith(reason)
    assert "another/secret" not in caplog.text
    assert SECRET not in caplog.text
    s3.at(seaweed.url(BUCKET)).ping()


def test_r133_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = s3.at(f"s3://key:secret@127.0.0.1:{silent.getsockname()[1]}/plano?tls=0")
        with pytest.raises(Trouble, match="storage_unavailable"):
            store.open(new_name())


# --- Locks between nodes -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_writer_at_a_time_between_nodes(seaweed: Seaweed) -> None:
    here, there = (seaweed.store("shared/") for _ in range(2))
    here.locks, there.locks = PostgresLocks(), PostgresLocks()
    name = put(here, b"un")
    part = here.append(name)
    for store in (here, there):
        with pytest.raises(Busy):
            store.append(name)
    part.close()
    there.append(name).close()


@pytest.mark.django_db
def test_locks_outlive_a_lost_connection_and_end_with_their_process() -> None:
    here, there, name = PostgresLocks(), PostgresLocks(), new_name()
    assert here.take(name)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [here._connected().info.backend_pid])
    assert here.take(new_name())  # notices, and takes again what it held
    assert not there.take(name)
    here._connected().close()  # the process ends
    assert there.take(name)
    there._connected().close()
