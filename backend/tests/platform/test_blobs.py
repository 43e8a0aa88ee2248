"""One contract for every store of bytes, bare and sealed; and what a crash leaves of a folder."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from plano.kernel.clock import now
from plano.platform.blobs import Busy, Missing, Store, new_name
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.memory import MemoryStore
from plano.platform.blobs.sealed import SealedStore
from tests.platform.conftest import put, read


@pytest.fixture
def store(store_of: Callable[[str], Store], request: pytest.FixtureRequest) -> Store:
    return store_of(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that asks for a store runs on each of them."""
    if "store" in metafunc.fixturenames:
        kinds = ["files", "memory", "s3"]
        metafunc.parametrize("store", [*kinds, *(f"sealed {kind}" for kind in kinds)], indirect=True)


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


def test_an_empty_content_is_kept(store: Store) -> None:
    name = put(store, b"")
    assert store.keep(name) == 0
    assert read(store, name) == b""


def test_pieces_of_every_size_make_the_same_content(store: Store) -> None:
    pieces = [os.urandom(size) for size in (1, 65535, 1, 65536, 0, 65537, 200_000, 3)]
    name = put(store, b"")
    for number, piece in enumerate(pieces):
        part = store.append(name)
        assert part.offset == sum(map(len, pieces[:number]))
        for start in range(0, len(piece), 30_000):
            part.write(piece[start : start + 30_000])
        part.close()
        assert store.part_size(name) == sum(map(len, pieces[: number + 1]))
    whole = b"".join(pieces)
    assert store.keep(name) == len(whole)
    content = store.open(name)
    assert content.size == len(whole)
    for start, length in ((0, len(whole)), (0, 1), (65535, 3), (65536, 65536), (131_000, 70_000), (len(whole) - 2, 9)):
        assert content.read(start, length) == whole[start : start + length]
    content.close()


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


@pytest.mark.parametrize("size", [6, 70_000, 9_000_000])
def test_what_a_writer_wrote_is_forgotten_when_it_goes_back(store: Store, size: int) -> None:
    name = put(store, b"0123")
    part = store.append(name)
    for _ in range(0, size, 1 << 20):
        part.write(b"x" * min(size, 1 << 20))
    part.cut(4)
    assert part.offset == 4
    part.write(b"45")
    part.close()
    assert store.part_size(name) == 6
    part = store.append(name)
    part.write(b"67")
    part.close()
    assert store.keep(name) == 8
    assert read(store, name) == b"01234567"


def test_the_sweeper_finds_what_is_old(store: Store) -> None:
    kept, part = put(store, b"un"), put(store, b"deux")
    store.keep(kept)
    assert set(store.kept_before(now() + timedelta(minutes=1))) == {kept, part}
    assert list(store.kept_before(now() - timedelta(minutes=1))) == []
    store.discard(kept)
    store.discard(part)
    assert list(store.kept_before(now() + timedelta(minutes=1))) == []


def test_words_beside_bytes_are_replaced_and_go_with_them(store: Store) -> None:
    ground = store.ground if isinstance(store, SealedStore) else store
    name = put(ground, b"un")  # type: ignore[arg-type]
    assert ground.note(name) is None  # type: ignore[attr-defined]
    for words in (b"a", b"b" * 100_000, b"c"):
        ground.set_note(name, words)  # type: ignore[attr-defined]
        assert ground.note(name) == words  # type: ignore[attr-defined]
    store.discard(name)
    assert ground.note(name) is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "A" * 32, "0" * 31, "0" * 30 + "/."])
def test_r071_a_name_that_is_not_ours_reaches_no_file(name: str, tmp_path: Path, keys: Keyring) -> None:
    folder = tmp_path / "files"
    for store in (FileStore(folder), SealedStore(FileStore(folder), keys)):
        for verb in (store.begin, store.append, store.part_size, store.keep, store.open, store.discard):
            with pytest.raises(Missing):
                verb(name)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_r130_a_crash_before_the_rename_leaves_a_part_and_after_it_the_whole(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    name = put(store, b"un contenu")
    again = FileStore(tmp_path)  # as after a restart
    assert again.part_size(name) == 10
    again.keep(name)
    assert FileStore(tmp_path).keep(name) == 10
    assert oct((tmp_path / "kept" / name[:2] / name[2:4] / name).stat().st_mode)[-3:] == "600"


def test_a_note_without_bytes_is_found_by_the_sweeper(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    name = new_name()
    store.set_note(name, b"x")
    assert list(store.kept_before(now() + timedelta(minutes=1))) == [name]
    store.discard(name)
    assert list(store.kept_before(now() + timedelta(minutes=1))) == []


def test_memory_is_empty_until_the_first_part() -> None:
    store = MemoryStore()
    assert store.is_empty()
    put(store, b"")
    assert not store.is_empty()
