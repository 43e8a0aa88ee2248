"""What the seal holds against: a crash at any byte, a hand in the folder, a lost key, an exchange cut short."""

import itertools
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plano.kernel.errors import Unavailable
from plano.platform.blobs import Busy, Damaged, KeyMissing, chosen, new_name, upkeep
from plano.platform.blobs.base import MARK
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.memory import MemoryStore
from plano.platform.blobs.seal import FRAME, SEALED
from plano.platform.blobs.sealed import SealedStore
from tests.platform.conftest import put, read

SECRET = b"Note confidentielle sur le plan de relance."


@pytest.fixture
def ground() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def store(ground: MemoryStore, keys: Keyring) -> SealedStore:
    return SealedStore(ground, keys)


def kept(store: SealedStore, content: bytes) -> str:
    name = put(store, content)
    store.keep(name)
    return name


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_m4_nothing_of_a_content_lies_in_clear(tmp_path: Path, keys: Keyring) -> None:
    store = SealedStore(FileStore(tmp_path / "files"), keys)
    done, begun = kept(store, SECRET * 5000), put(store, SECRET)
    assert SECRET[:12] not in everything(tmp_path / "files")
    assert (read(store, done), store.part_size(begun)) == (SECRET * 5000, len(SECRET))


FIRST, SECOND = FRAME + 1000, 3 * FRAME + 77


@pytest.mark.parametrize("first", [0, FRAME, FIRST])
def test_r130_after_a_crash_at_any_byte_an_upload_goes_on(
    first: int, ground: MemoryStore, store: SealedStore, keys: Keyring
) -> None:
    """What was flushed counts, whole frames after it count, and the content is right: also after a second crash."""
    content = os.urandom(first + SECOND + 5)
    name = put(store, content[:first])
    words, flushed = ground.notes[name], len(ground.parts[name])
    part = store.append(name)
    part.write(content[first : first + SECOND])
    part.flush()
    written = bytes(ground.parts[name])
    part.close()
    cuts = [*range(flushed, len(written), 9973), flushed, flushed + 1, flushed + SEALED - 1, flushed + SEALED]
    for cut in [*cuts, len(written) - 1, len(written)]:
        ground.parts[name], ground.notes[name] = bytearray(written[:cut]), words
        again = SealedStore(ground, keys)
        for _ in range(2):
            size = again.part_size(name)
            assert first <= size <= first + SECOND
            assert size >= first + (cut - flushed) // SEALED * FRAME
            part = again.append(name)
            assert part.offset == size
            part.write(content[size : size + FRAME])  # and the process dies here: nothing closes the part
            ground.locked.clear()
        size = again.part_size(name)
        part = again.append(name)
        part.write(content[size:])
        part.close()
        assert again.keep(name) == len(content)
        assert read(again, name) == content
        ground.kept.clear()


@pytest.mark.parametrize("left", [0, 1, 90])
def test_r130_a_first_flush_that_was_cut_short_begins_again(left: int, ground: MemoryStore, store: SealedStore) -> None:
    """Its note was written, its bytes were not: nothing of it was promised."""
    name = put(store, b"x" * 100)
    del ground.parts[name][left:]
    assert store.part_size(name) == 0
    part = store.append(name)
    assert part.offset == 0
    part.write(SECRET)
    part.close()
    assert store.keep(name) == len(SECRET)
    assert read(store, name) == SECRET


@pytest.mark.parametrize("size", [10, FRAME, 3 * FRAME + 10])
@pytest.mark.parametrize("verb", ["set_note", "write"])
def test_r133_a_full_disk_leaves_what_was_there(
    verb: str, size: int, ground: MemoryStore, store: SealedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of a chunk is on the disk when it fails; what comes next goes on from what was flushed."""
    content = os.urandom(size)
    name = put(store, SECRET)
    part: Any = store.append(name)

    def half(chunk: Any) -> None:
        ground.parts[name] += chunk[: len(chunk) // 2]
        raise OSError(28, "No space left on device")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*((ground, "set_note", full) if verb == "set_note" else (part._writer, "write", half)))
        with suppress(OSError):
            part.write(content)
        with suppress(OSError, Unavailable):
            part.close()
    offset = store.part_size(name)
    assert len(SECRET) <= offset <= len(SECRET) + size
    part = store.append(name)
    part.write(content[offset - len(SECRET) :])
    part.close()
    assert store.keep(name) == len(SECRET) + size
    assert read(store, name) == SECRET + content


def test_r130_all_bytes_arrived_and_the_note_did_not(ground: MemoryStore, store: SealedStore) -> None:
    content = os.urandom(2 * FRAME)
    name = put(store, b"")
    words = ground.notes[name]
    part = store.append(name)
    part.write(content)
    part.close()
    ground.notes[name] = words
    assert store.part_size(name) == store.keep(name) == len(content)
    assert read(store, name) == content


def flip(content: bytearray, at: int) -> None:
    content[at] ^= 1


def drop_end(content: bytearray, at: int) -> None:
    del content[at:]


def swap(content: bytearray, at: int) -> None:
    content[:SEALED], content[SEALED : 2 * SEALED] = content[SEALED : 2 * SEALED], content[:SEALED]


def drop_frame(content: bytearray, at: int) -> None:
    del content[:SEALED]


@pytest.mark.parametrize("at", [0, 5, 20, FRAME, SEALED, 2 * SEALED, -1])
@pytest.mark.parametrize("hand", [flip, drop_end, swap, drop_frame])
def test_a_changed_content_is_never_given_out(
    hand: Callable[[bytearray, int], None], at: int, ground: MemoryStore, store: SealedStore
) -> None:
    content = os.urandom(3 * FRAME + 10)
    name = kept(store, content)
    changed = bytearray(ground.kept[name])
    hand(changed, at)
    ground.kept[name] = bytes(changed)
    with pytest.raises(Damaged):
        read(store, name)


def test_frames_beside_the_damaged_one_can_be_read(ground: MemoryStore, store: SealedStore) -> None:
    content = os.urandom(3 * FRAME)
    name = kept(store, content)
    changed = bytearray(ground.kept[name])
    changed[SEALED + 100] ^= 1
    ground.kept[name] = bytes(changed)
    opened = store.open(name)
    assert opened.read(0, FRAME) == content[:FRAME]
    with pytest.raises(Damaged):
        opened.read(FRAME + 9, 1)
    with pytest.raises(Damaged):
        opened.read(FRAME - 1, 2)
    assert opened.read(2 * FRAME, FRAME) == content[2 * FRAME :]


def test_contents_cannot_take_each_others_place(ground: MemoryStore, store: SealedStore) -> None:
    one, other = kept(store, b"un" * 100), kept(store, b"ab" * 100)
    ground.kept[one] = ground.kept[other]
    with pytest.raises(Damaged):
        read(store, one)
    ground.notes[one] = ground.notes[other]
    with pytest.raises(Damaged):
        read(store, one)


def test_a_content_in_clear_cannot_take_the_place_of_a_sealed_one(ground: MemoryStore, keys: Keyring) -> None:
    store = SealedStore(ground, keys, only=True)
    name = kept(store, SECRET)
    ground.kept[name] = b"un autre texte"
    del ground.notes[name]
    with pytest.raises(Damaged):
        store.open(name)


def test_equal_contents_have_different_bytes(ground: MemoryStore, store: SealedStore) -> None:
    one, other = kept(store, SECRET), kept(store, SECRET)
    assert ground.kept[one] != ground.kept[other]
    assert ground.notes[one] != ground.notes[other]


# --- Keys --------------------------------------------------------------------------------------------------


def test_r111_the_key_file_is_private_and_made_once(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "storage-keys")
    assert not keys.has_key()
    keys.make()
    text = (tmp_path / "storage-keys").read_text()
    Keyring(tmp_path / "storage-keys").make()
    assert (tmp_path / "storage-keys").read_text() == text
    assert stat.S_IMODE((tmp_path / "storage-keys").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["storage-keys"]
    assert text.strip() not in repr(keys.present())


def test_without_its_key_nothing_is_read_and_nothing_written(
    ground: MemoryStore, store: SealedStore, tmp_path: Path
) -> None:
    name = kept(store, SECRET)
    (tmp_path / "storage-keys").unlink()
    with pytest.raises(KeyMissing):
        store.open(name)
    with pytest.raises(KeyMissing):
        store.begin(new_name())
    other = Keyring(tmp_path / "other")
    other.make()
    with pytest.raises(KeyMissing):
        SealedStore(ground, other).open(name)


def test_a_rotation_rewrites_the_notes_and_not_the_bytes(
    ground: MemoryStore, store: SealedStore, keys: Keyring
) -> None:
    names, part = [kept(store, SECRET + bytes([n])) for n in range(3)], put(store, SECRET)
    bytes_before, old = dict(ground.kept), keys.present()
    keys.add()
    assert upkeep.census(ground) == {old.id: 4}
    assert upkeep.rewrap(ground, keys) == []
    assert upkeep.census(ground) == {keys.present().id: 4}
    assert ground.kept == bytes_before
    keys.forget(keys.former())
    assert [read(store, name) for name in names] == [SECRET + bytes([n]) for n in range(3)]
    assert store.keep(part) == len(SECRET)
    assert read(store, part) == SECRET


def test_a_running_server_follows_a_rotation(ground: MemoryStore, store: SealedStore, tmp_path: Path) -> None:
    before = kept(store, SECRET)
    elsewhere = Keyring(tmp_path / "storage-keys")  # the command line
    elsewhere.add()
    upkeep.rewrap(ground, elsewhere)
    elsewhere.forget(elsewhere.former())
    after = kept(store, SECRET)
    assert upkeep.census(ground) == {elsewhere.present().id: 2}
    assert read(store, before) == read(store, after) == SECRET


def test_an_interrupted_rotation_goes_on(ground: MemoryStore, store: SealedStore, keys: Keyring) -> None:
    for _ in range(4):
        kept(store, SECRET)
    keys.add()
    seen = itertools.count()

    def stop(_: str) -> None:
        if next(seen) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upkeep.rewrap(ground, keys, stop)
    assert sorted(upkeep.census(ground).values()) == [2, 2]
    assert upkeep.rewrap(ground, keys) == []
    assert list(upkeep.census(ground)) == [keys.present().id]


def test_a_rotation_leaves_what_is_being_written_and_says_so(
    ground: MemoryStore, store: SealedStore, keys: Keyring
) -> None:
    name = put(store, b"un")
    part = store.append(name)
    keys.add()
    assert upkeep.rewrap(ground, keys) == [f"{name}: an upload writes it"]
    part.write(b"deux")
    part.close()
    assert upkeep.rewrap(ground, keys) == []
    assert store.part_size(name) == 6


# --- From clear to sealed ----------------------------------------------------------------------------------


@pytest.fixture
def clear(ground: MemoryStore) -> dict[str, bytes]:
    """Contents of an installation of before."""
    found = {}
    for size in (0, 1, FRAME, 3 * FRAME + 5):
        content = os.urandom(size)
        name = put(ground, content)
        ground.keep(name)
        found[name] = content
    return found


def test_what_is_in_clear_stays_readable_and_can_be_sealed(
    ground: MemoryStore, store: SealedStore, keys: Keyring, clear: dict[str, bytes]
) -> None:
    assert {name: read(store, name) for name in clear} == clear
    assert upkeep.encrypt(ground, keys) == []
    assert {name: read(store, name) for name in clear} == clear
    assert upkeep.census(ground) == {keys.present().id: 4}
    assert set(ground.kept) == set(clear)
    assert upkeep.encrypt(ground, keys) == []


def test_an_upload_that_began_in_clear_ends_in_clear_and_is_sealed_later(
    ground: MemoryStore, store: SealedStore, keys: Keyring
) -> None:
    name = put(ground, b"un ")
    assert upkeep.encrypt(ground, keys) == []
    part = store.append(name)
    part.write(b"deux")
    part.close()
    assert store.keep(name) == 7
    assert read(store, name) == b"un deux"
    upkeep.encrypt(ground, keys)
    assert read(store, name) == b"un deux"
    assert upkeep.CLEAR not in upkeep.census(ground)


@pytest.mark.parametrize("stop", range(8))
def test_sealing_can_be_stopped_between_any_two_steps(
    stop: int, ground: MemoryStore, store: SealedStore, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = os.urandom(FRAME + 5)
    name = put(ground, content)
    ground.keep(name)
    steps = itertools.count()

    def until(verb: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            if next(steps) == stop:
                raise KeyboardInterrupt
            return verb(*given)

        return done

    with monkeypatch.context() as patch:
        for verb in ("set_note", "keep", "replace", "discard"):
            patch.setattr(ground, verb, until(getattr(ground, verb)))
        with suppress(KeyboardInterrupt):
            upkeep.encrypt(ground, keys)
    ground.locked.clear()
    assert read(store, name) == content
    assert upkeep.encrypt(ground, keys) == []
    assert read(store, name) == content
    assert upkeep.CLEAR not in upkeep.census(ground)


# --- What an installation chooses --------------------------------------------------------------------------


@pytest.fixture
def installation(settings: Any, tmp_path: Path) -> Callable[..., SealedStore]:
    """The store of a data folder, as a fresh process would choose it."""

    def of(**options: Any) -> SealedStore:
        settings.PLANO = replace(settings.PLANO, data=tmp_path, storage_url=None, **options)
        return chosen.chosen()

    return of


def test_a_new_installation_is_sealed_from_its_first_content(installation: Any, tmp_path: Path) -> None:
    name = kept(installation(), SECRET)
    assert (tmp_path / "storage-keys").exists()
    assert SECRET not in everything(tmp_path / "files")
    assert read(installation(), name) == SECRET


def test_an_installation_in_clear_goes_on_in_clear_until_it_is_sealed(installation: Any, tmp_path: Path) -> None:
    old = kept(FileStore(tmp_path / "files"), SECRET)  # type: ignore[arg-type]
    running = installation()
    clear = kept(running, SECRET)
    assert not (tmp_path / "storage-keys").exists()
    keys = chosen.keyring()
    keys.make()
    upkeep.encrypt(chosen.ground(), keys)  # beside the running server, which follows
    new = kept(running, SECRET)
    assert SECRET not in everything(tmp_path / "files")
    assert [read(running, name) for name in (old, clear, new)] == [SECRET] * 3
    assert read(installation(), new) == SECRET


def test_a_lost_key_is_not_replaced_by_a_new_one(installation: Any, tmp_path: Path) -> None:
    kept(installation(), SECRET)
    (tmp_path / "storage-keys").unlink()
    for options in ({}, {"storage_encryption": True}, {"storage_encryption": False}, {"storage_key": "k" * 40}):
        with pytest.raises(KeyMissing):
            installation(**options)
    assert not (tmp_path / "storage-keys").exists()


def test_a_given_key_seals_and_the_one_before_opens(installation: Any, tmp_path: Path) -> None:
    first, second = "premier" * 6, "second" * 7
    name = kept(installation(storage_key=first), SECRET)
    assert not (tmp_path / "storage-keys").exists()
    store = installation(storage_key=second, storage_key_previous=first)
    assert read(store, name) == SECRET
    assert upkeep.rewrap(store.ground, store.keys) == []
    assert read(installation(storage_key=second, storage_key_previous=None), name) == SECRET
    assert store.ground.note(MARK) is not None


def test_sealing_can_be_turned_off_for_what_is_new(installation: Any, tmp_path: Path) -> None:
    sealed = kept(installation(), SECRET)
    store = installation(storage_encryption=False)
    clear = kept(store, SECRET)
    assert SECRET in everything(tmp_path / "files")
    assert read(store, clear) == read(store, sealed) == SECRET
    assert read(installation(storage_encryption=True), clear) == SECRET


def test_one_writer_at_a_time_holds_for_the_exchange_too(ground: MemoryStore, store: SealedStore) -> None:
    name = put(store, b"un")
    part = store.append(name)
    with pytest.raises(Busy):
        store.append(name)
    part.close()
