"""Everything that is kept goes to another place, byte for byte: what is sealed stays sealed, under the same keys.

Each content is read back from there and compared before it counts; its note goes last, so that a copy that was cut is
made again. Nothing is taken away from the old place. A second run copies what came since, and takes away there what
was deleted here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from plano.platform.blobs import copying
from plano.platform.blobs import mark as marks
from plano.platform.blobs.base import MARK, Busy, Content, Damaged, Ground, KeyMissing, Missing
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.upkeep import names

Step = Callable[[], None]


class SamePlace(Exception):
    """From here to here."""


class Foreign(Exception):
    """There are files of another installation: the nightly sweeper would take them for abandoned ones."""


@dataclass
class Moved:
    """What was done, or would be. `left`: what could not be done, and why."""

    copied: int = 0
    bytes: int = 0
    there: int = 0
    removed: int = 0
    unfinished: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def kept(self) -> int:
        return self.copied + self.there


def relocate(source: Ground, target: Ground, keys: Keyring, *, dry: bool = False, step: Step = lambda: None) -> Moved:
    """Copy what is not there yet. Raises SamePlace or Foreign before anything is written."""
    require_ours(source, target, keys)
    words, moved = source.note(MARK), Moved()
    if words is not None and not dry and target.note(MARK) != words:
        target.set_note(MARK, words)
    for name in names(source):
        try:
            _carry(source, target, name, moved, dry=dry)
        except Missing:
            moved.unfinished += copying.is_part(source, name)  # or deleted meanwhile
        except (Busy, Damaged, OSError) as error:
            moved.left.append(f"{name}: {getattr(error, 'strerror', None) or type(error).__name__}")
        step()
    for name in list(names(target)):
        if not _has(source, name):
            moved.removed += 1
            if not dry:
                target.discard(name)
    return moved


def require_ours(source: Ground, target: Ground, keys: Keyring) -> None:
    """The other place is another one; and empty, or begun by us."""
    if _place(source) == _place(target):
        raise SamePlace
    ours, theirs = source.note(MARK), target.note(MARK)
    if theirs is not None:
        try:
            marks.unpack(theirs, keys=keys)
        except (KeyMissing, Damaged):
            raise Foreign from None
        if ours is None:
            raise Foreign
    elif any(not _has(source, name) for name in names(target)):
        raise Foreign


def _place(ground: Ground) -> object:
    if isinstance(ground, FileStore):
        return ground.root.resolve()
    bucket = getattr(ground, "bucket", None)
    return id(ground) if bucket is None else (bucket.place, bucket.prefix)


def _carry(source: Ground, target: Ground, name: str, moved: Moved, *, dry: bool) -> None:
    content = source.open(name)
    try:
        note = source.note(name)
        if _is_there(target, name, content.size, note, dry=dry):
            moved.there += 1
            return
        if not dry:
            _copy(content, target, name)
            if note is not None:
                target.set_note(name, note)
        moved.copied, moved.bytes = moved.copied + 1, moved.bytes + content.size
    finally:
        content.close()


def _is_there(target: Ground, name: str, size: int, note: bytes | None, *, dry: bool) -> bool:
    """A whole copy has its note. Another note beside the same bytes: the key was exchanged since."""
    try:
        found = target.open(name)
    except Missing:
        return False
    found.close()
    held = target.note(name)
    if found.size != size or (held is None) != (note is None):
        return False
    if note is not None and held != note and not dry:
        target.set_note(name, note)
    return True


def _copy(content: Content, target: Ground, name: str) -> None:
    target.discard(name)  # what a first try left
    try:
        copying.copy(content, target, name)
    except Damaged:
        target.discard(name)
        raise


def _has(ground: Ground, name: str) -> bool:
    try:
        ground.open(name).close()
    except Missing:
        return copying.is_part(ground, name)
    return True
