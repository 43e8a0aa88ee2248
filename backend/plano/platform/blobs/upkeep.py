"""Work on everything that is kept: seal what is in clear, exchange keys. Each step is whole; a second run goes on."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from plano.kernel.clock import now
from plano.platform.blobs import copying
from plano.platform.blobs import mark as marks
from plano.platform.blobs import seal as seals
from plano.platform.blobs.base import MARK, Busy, Content, Damaged, Ground, KeyMissing, Missing, new_name
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.mark import Mark
from plano.platform.blobs.seal import Seal
from plano.platform.blobs.sealed import SealedContent, SealedStore

CLEAR = b""
Step = Callable[[str], None]


def names(ground: Ground) -> Iterator[str]:
    """Everything, whatever its age."""
    return ground.kept_before(now() + timedelta(days=1))


def census(ground: Ground) -> Counter[bytes]:
    """How many contents each key seals; `CLEAR` counts those in clear."""
    found: Counter[bytes] = Counter()
    for name in names(ground):
        note = ground.note(name)
        found[CLEAR if note is None else seals.key_id(note, name=name)] += 1
    return found


def rewrap(ground: Ground, keys: Keyring, step: Step = lambda _: None) -> list[str]:
    """Every note under the present key; the bytes stay as they are. Returns what could not be done, and why."""
    left: list[str] = []
    for name in names(ground):
        try:
            _rewrap(ground, keys, name)
        except (KeyMissing, Damaged, Busy) as error:
            left.append(f"{name}: {_reason(error)}")
        step(name)
    words = ground.note(MARK)
    if words is not None and not left and seals.key_id(words, name=MARK) != keys.present().id:
        ground.set_note(MARK, marks.pack(marks.unpack(words, keys=keys), keys=keys))
    return left


def _rewrap(ground: Ground, keys: Keyring, name: str) -> None:
    if not _is_older(ground.note(name), name, keys):
        return
    try:
        part = ground.append(name)  # a writer would put its own note over ours
    except Missing:
        part = None
    try:
        note = ground.note(name)
        if note is not None and _is_older(note, name, keys):
            ground.set_note(name, seals.pack(seals.unpack(note, name=name, keys=keys), name=name, keys=keys))
    finally:
        if part is not None:
            part.close()


def _is_older(note: bytes | None, name: str, keys: Keyring) -> bool:
    return note is not None and seals.key_id(note, name=name) != keys.present().id


def encrypt(ground: Ground, keys: Keyring, step: Step = lambda _: None) -> list[str]:
    """Seal what is kept in clear. Unfinished uploads end as they began. Returns what could not be done, and why."""
    if ground.note(MARK) is None:
        ground.set_note(MARK, marks.pack(Mark(only=False), keys=keys))
    sealed, left, waiting = SealedStore(ground, keys), list[str](), 0
    for name in names(ground):
        try:
            waiting += _encrypt(ground, sealed, keys, name)
        except (KeyMissing, Damaged, Busy) as error:
            left.append(f"{name}: {_reason(error)}")
        except Missing:
            pass  # deleted meanwhile
        step(name)
    if not left and not waiting and CLEAR not in census(ground):
        ground.set_note(MARK, marks.pack(Mark(only=True), keys=keys))
    return left


def _encrypt(ground: Ground, sealed: SealedStore, keys: Keyring, name: str) -> int:
    """Returns 1 for an upload that goes on in clear. The note goes first and says that it did: a crash at any point
    leaves bytes whose size tells what they are."""
    note = ground.note(name)
    if note is not None and not seals.unpack(note, name=name, keys=keys).likely_clear:
        return 0
    try:
        content = sealed.open(name)
    except Missing:
        return 0 if note is not None else copying.is_part(ground, name)
    try:
        if isinstance(content, SealedContent):  # a crash came before the last step
            seal = seals.unpack(note or b"", name=name, keys=keys)
        else:
            seal = _exchange(content, ground, sealed, keys, name)
    finally:
        content.close()
    ground.set_note(name, seals.pack(replace(seal, likely_clear=False), name=name, keys=keys))
    return 0


def _exchange(content: Content, ground: Ground, sealed: SealedStore, keys: Keyring, name: str) -> Seal:
    copy = new_name()
    try:
        copying.copy(content, sealed, copy)
        seal = seals.unpack(ground.note(copy) or b"", name=copy, keys=keys)
        ground.set_note(name, seals.pack(replace(seal, likely_clear=True), name=name, keys=keys))
        ground.replace(name, copy)
    finally:
        ground.discard(copy)
    return seal


def _reason(error: Exception) -> str:
    if isinstance(error, KeyMissing):
        return f"its key {error.reason} is not here"
    return "an upload writes it" if isinstance(error, Busy) else "damaged"
