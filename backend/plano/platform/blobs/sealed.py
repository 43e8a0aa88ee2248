"""A store that seals what it is given: AES-256-GCM in frames of 64 KiB over any adapter.

Sizes are those of the content. Contents written before stay readable in clear, until `plano keys encrypt`.
"""

import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plano.platform.blobs import seal as seals
from plano.platform.blobs.base import MARK, Chunk, Content, Damaged, Ground, GroundContent, Missing, PartWriter, Trouble
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.seal import FRAME, NONCE, OVERHEAD, SEALED, Seal

LARGEST_ROOM = 10 * SEALED
_rooms = threading.local()
log = logging.getLogger("plano.storage")


def _scratch(size: int) -> memoryview:
    """Room for sealed bytes, the same for each reading of a thread: a fresh one costs more than the deciphering."""
    room: bytearray | None = getattr(_rooms, "room", None)
    if room is None or len(room) < size:
        room = bytearray(size)
        if size <= LARGEST_ROOM:
            _rooms.room = room
    return memoryview(room)[:size]


class SealedPart:
    """Collects 64 KiB, seals, passes on. What is left at the end becomes a shorter frame."""

    def __init__(self, ground: Ground, keys: Keyring, name: str, writer: PartWriter, kept: Seal | None) -> None:
        """`kept` is what the note says; None: there is none that counts, and the content begins here."""
        self._ground, self._keys, self._name, self._writer = ground, keys, name, writer
        self._kept = kept
        fresh = Seal(key=os.urandom(32), runs=((0, writer.offset),))
        self._begun, self._sealed_begun = kept.grown(writer.offset) if kept else fresh, writer.offset
        self._seal = self._begun
        self._cipher = AESGCM(self._seal.key)
        self._waiting, self._out = bytearray(), bytearray(SEALED)
        self._is_broken = False
        if kept and self._begun != kept:
            self.flush()  # what a crash left is counted before anything follows it

    @property
    def offset(self) -> int:
        return self._seal.length + len(self._waiting)

    def write(self, chunk: Chunk) -> None:
        if self._is_broken:
            raise Trouble(retry_after=5)
        view = memoryview(chunk)
        if self._waiting:
            missing = FRAME - len(self._waiting)
            self._waiting += view[:missing]
            view = view[missing:]
            if len(self._waiting) < FRAME:
                return
            self._pass_on(self._waiting)
            self._waiting = bytearray()
        whole = len(view) - len(view) % FRAME
        if whole:
            self._pass_on(view[:whole])
        self._waiting += view[whole:]

    def cut(self, size: int) -> None:
        if size != self._begun.length:
            raise ValueError("a writer goes back to where it began, and nowhere else")
        self._writer.cut(self._sealed_begun)
        self._seal = self._begun
        self._waiting.clear()

    def flush(self) -> None:
        """First the bytes, then the note that counts them. The note of a small new content goes first: without it
        its bytes would look like a content in clear."""
        if self._is_broken:
            return
        if self._kept is None:
            sealed, seal = self._frames(self._waiting)
            self._note(seal)
            self._write(sealed, seal)
            self._writer.flush()
        else:
            if self._waiting:
                self._pass_on(self._waiting)
            if self._seal != self._kept:
                self._writer.flush()
                self._note(self._seal)
        self._waiting = bytearray()

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._writer.close()

    def _note(self, seal: Seal) -> None:
        self._is_broken = True  # until it is done: after a failure nothing more is written, as after a crash
        self._ground.set_note(self._name, seals.pack(seal, name=self._name, keys=self._keys))
        self._kept, self._is_broken = seal, False

    def _write(self, sealed: memoryview, seal: Seal) -> None:
        self._is_broken = True
        self._writer.write(sealed)
        self._seal, self._is_broken = seal, False

    def _pass_on(self, plain: bytearray | memoryview) -> None:
        if self._kept is None:
            self._note(self._seal)
        self._write(*self._frames(plain))

    def _frames(self, plain: bytearray | memoryview) -> tuple[memoryview, Seal]:
        """Whole frames, or the last and shorter one, in a buffer that the next ones use again."""
        seal, size = self._seal.ready(), len(plain)
        run, total = len(seal.runs) - 1, seals.sealed_size(size)
        if len(self._out) < total:
            self._out = bytearray(total)
        out, source, at = memoryview(self._out)[:total], memoryview(plain), 0
        nonces = os.urandom(NONCE * -(-size // FRAME))
        for number, start in enumerate(range(0, size, FRAME)):
            frame = source[start : start + FRAME]
            nonce = nonces[number * NONCE : (number + 1) * NONCE]
            end = at + len(frame) + OVERHEAD
            out[at : at + NONCE] = nonce
            self._cipher.encrypt_into(nonce, frame, seals.bound(run, seal.length + start), out[at + NONCE : end])
            at = end
        return out, replace(seal, length=seal.length + size)


class SealedContent:
    """Opens the frames that a reader asks for; a frame that is not as it was written ends the reading."""

    def __init__(self, name: str, content: GroundContent, seal: Seal) -> None:
        self._name, self._content, self._seal = name, content, seal
        self._cipher = AESGCM(seal.key)

    @property
    def size(self) -> int:
        return self._seal.length

    def read(self, offset: int, length: int) -> bytes:
        end = min(offset + length, self._seal.length)
        pieces = []
        while offset < end:
            piece = self._of_one_run(offset, end)
            pieces.append(piece)
            offset += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def close(self) -> None:
        self._content.close()

    def _of_one_run(self, offset: int, end: int) -> bytes:
        """What one run has of this range: one reading below, then frame by frame."""
        number = self._seal.run_at(offset)
        plain, sealed = self._seal.runs[number]
        run_end = self._seal.run_end(number)
        end = min(end, run_end)
        first, last = (offset - plain) // FRAME, (end - 1 - plain) // FRAME
        stop = min(plain + (last + 1) * FRAME, run_end)
        size = seals.sealed_size(stop - plain) - first * SEALED
        raw = _scratch(size)
        if self._content.read_into(sealed + first * SEALED, raw) != size:
            raise self._damaged(offset)
        start = plain + first * FRAME
        opened: list[bytes] = []
        for at in range(0, size, SEALED):
            frame = raw[at : at + SEALED]
            try:
                opened.append(
                    self._cipher.decrypt(frame[:NONCE], frame[NONCE:], seals.bound(number, start + len(opened) * FRAME))
                )
            except InvalidTag:
                raise self._damaged(start + len(opened) * FRAME) from None
        if offset == start and end == stop:
            return opened[0] if len(opened) == 1 else b"".join(opened)
        opened[-1] = opened[-1][: end - (start + (len(opened) - 1) * FRAME)]
        opened[0] = opened[0][offset - start :]
        return b"".join(opened)

    def _damaged(self, offset: int) -> Damaged:
        log.error("content %s is damaged at byte %d; `plano check --files` names its document", self._name, offset)
        return Damaged(self._name)


class SealedStore:
    """`seals`: new contents are sealed; None asks the place of the bytes each time. `only`: nothing in clear is
    accepted, so that nobody can put a content in clear in the place of a sealed one."""

    def __init__(self, ground: Ground, keys: Keyring, *, seals: bool | None = True, only: bool = False) -> None:
        self.ground, self.keys = ground, keys
        self._seals, self._only = seals, only

    def begin(self, name: str) -> None:
        if self._seals is None and self.ground.note(MARK) is not None:
            self._seals = True  # `plano keys encrypt` was run beside us
        if self._seals:
            self.keys.present()  # refuse now, not at the first byte
        self.ground.begin(name)

    def append(self, name: str) -> PartWriter:
        writer = self.ground.append(name)
        try:
            seal = self._seal_of(name)
            if seal is None and (writer.offset or not self._seals):
                return writer  # begun in clear
            if seal is not None and seal.end > writer.offset:
                seal = None  # its first flush was cut short: nothing of it was ever promised
            return SealedPart(self.ground, self.keys, name, writer, seal)
        except BaseException:
            writer.close()
            raise

    def part_size(self, name: str) -> int:
        seal = self._seal_of(name)  # first: bytes only grow meanwhile
        size = self.ground.part_size(name)
        if seal is None:
            return size
        return 0 if seal.end > size else seal.grown(size).length

    def keep(self, name: str) -> int:
        seal = self._seal_of(name)
        try:
            size = self.ground.part_size(name)
            if (seal and seal.end != size) or (seal is None and self._seals and not size):
                self.append(name).close()  # a crash came before the note, or nothing was ever written
                seal = self._seal_of(name)
        except Missing:
            pass  # kept already
        kept = self.ground.keep(name)
        return kept if seal is None else seal.length

    def open(self, name: str) -> Content:
        for _ in range(2):
            content = self.ground.open(name)
            try:
                found = self._opened(name, content)
            except BaseException:
                content.close()
                raise
            if found is not None:
                return found
            content.close()  # sealed between our two looks: look again
        log.error("content %s is cut short; `plano check --files` names its document", name)
        raise Damaged(name)

    def discard(self, name: str) -> None:
        self.ground.discard(name)

    def kept_before(self, instant: datetime) -> Iterator[str]:
        return self.ground.kept_before(instant)

    def _opened(self, name: str, content: GroundContent) -> Content | None:
        seal = self._seal_of(name)
        if seal is None:
            if self._only:
                raise Damaged(name)
            return content
        if content.size >= seal.end and not (seal.likely_clear and content.size != seal.end):
            return SealedContent(name, content, seal)
        return content if seal.likely_clear and content.size == seal.length else None

    def _seal_of(self, name: str) -> Seal | None:
        note = self.ground.note(name)
        return None if note is None else seals.unpack(note, name=name, keys=self.keys)
