"""One contract for every store of bytes; and what a crash leaves of a folder."""

from datetime import timedelta
from pathlib import Path

import pytest

from plano.kernel.clock import now
from plano.platform.blobs import Busy, Missing, Store, new_name
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.memory import MemoryStore


@pytest.fixture(params=["files", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return FileStore(tmp_path / "files") if request.param == "files" else MemoryStore()


def put(store: Store, content: bytes) -> str:
    name = new_name()
    store.begin(name)
    part = store.append(name)
    part.write(content)
    part.close()
    return name


def test_a_part_grows_is_kept_and_read_in_pieces(store: Store) -> None:
    name = put(store, b"un ")
    part = store.append(name)
    assert part.offset == 3
    part.write(b"deux")
    part.close()
    assert store.part_size(name) == 7
    with pytest.raises(Missing):
        store.open(name)
    assert store.keep(name) == 7
    content = store.open(name)
    assert (content.size, content.read(3, 100), content.read(0, 2), content.read(7, 1)) == (7, b"deux", b"un", b"")
    content.close()
    with pytest.raises(Missing):
        store.append(name)


def test_keeping_and_beginning_and_discarding_twice_is_harmless(store: Store) -> None:
    name = put(store, b"un")
    store.begin(name)
    assert store.part_size(name) == 2
    assert store.keep(name) == store.keep(name) == 2
    store.discard(name)
    store.discard(name)
    with pytest.raises(Missing):
        store.open(name)
    with pytest.raises(Missing):
        store.keep(name)


def test_one_writer_at_a_time(store: Store) -> None:
    name = put(store, b"un")
    part = store.append(name)
    with pytest.raises(Busy):
        store.append(name)
    part.close()
    store.append(name).close()


def test_what_lies_past_a_cut_is_forgotten(store: Store) -> None:
    name = put(store, b"0123456789")
    part = store.append(name)
    part.cut(4)
    part.write(b"x")
    part.close()
    store.keep(name)
    assert store.open(name).read(0, 99) == b"0123x"


def test_the_sweeper_finds_what_is_old(store: Store) -> None:
    kept, part = put(store, b"un"), put(store, b"deux")
    store.keep(kept)
    assert set(store.kept_before(now() + timedelta(minutes=1))) == {kept, part}
    assert list(store.kept_before(now() - timedelta(minutes=1))) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "A" * 32, "0" * 31, "0" * 30 + "/."])
def test_r071_a_name_that_is_not_ours_reaches_no_file(name: str, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    for verb in (store.begin, store.append, store.part_size, store.keep, store.open, store.discard):
        with pytest.raises(Missing):
            verb(name)


def test_r130_a_crash_before_the_rename_leaves_a_part_and_after_it_the_whole(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    name = put(store, b"un contenu")
    again = FileStore(tmp_path)  # as after a restart
    assert again.part_size(name) == 10
    again.keep(name)
    assert FileStore(tmp_path).keep(name) == 10
    assert oct((tmp_path / "kept" / name[:2] / name[2:4] / name).stat().st_mode)[-3:] == "600"
