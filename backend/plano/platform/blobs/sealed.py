"""A store that seals what it is given: AES-256-GCM in frames of 64 KiB over any adapter.

Sizes are those of the content. Contents written before stay readable in clear, until `plano keys encrypt`.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plano.platform.blobs import seal as seals
from plano.platform.blobs.base import MARK, Chunk, Content, Damaged, Ground, Missing, PartWriter
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.seal import FRAME, NONCE, OVERHEAD, SEALED, Seal

log = logging.getLogger("plano.storage")


class SealedPart:
    """Collects 64 KiB, seals, passes on. What is left at the end becomes a shorter frame."""

    def __init__(self, ground: Ground, keys: Keyring, name: str, writer: PartWriter, kept: Seal) -> None:
        self._ground, self._keys, self._name, self._writer = ground, keys, name, writer
        self._kept = kept  # what the note says
        self._begun, self._sealed_begun = kept.grown(writer.offset), writer.offset
        self._seal = self._begun
        self._cipher = AESGCM(kept.key)
        self._waiting = bytearray()

    @property
    def offset(self) -> int:
        return self._seal.length + len(self._waiting)

    def write(self, chunk: Chunk) -> None:
        if self._waiting or len(chunk) < FRAME:
            self._waiting += chunk
            whole = len(self._waiting) - len(self._waiting) % FRAME
            if whole:
                self._pass_on(memoryview(bytes(self._waiting[:whole])))
                del self._waiting[:whole]
            return
        whole = len(chunk) - len(chunk) % FRAME
        view = memoryview(chunk)
        self._pass_on(view[:whole])
        self._waiting += view[whole:]

    def cut(self, size: int) -> None:
        if size != self._begun.length:
            raise ValueError("a writer goes back to where it began, and nowhere else")
        self._writer.cut(self._sealed_begun)
        self._seal = self._begun
        self._waiting.clear()

    def flush(self) -> None:
        """First the bytes, then the note that counts them."""
        if self._waiting:
            self._pass_on(memoryview(bytes(self._waiting)))
            self._waiting.clear()
        if self._seal != self._kept:
            self._writer.flush()
            self._ground.set_note(self._name, seals.pack(self._seal, name=self._name, keys=self._keys))
            self._kept = self._seal

    def close(self) -> None:
        try:
            self.flush()
        finally:
            self._writer.close()

    def _pass_on(self, plain: memoryview) -> None:
        """Whole frames, or the last and shorter one."""
        seal = self._seal.ready()
        run = len(seal.runs) - 1
        out = bytearray(seals.sealed_size(len(plain)))
        view, at = memoryview(out), 0
        nonces = os.urandom(NONCE * -(-len(plain) // FRAME))
        for number, start in enumerate(range(0, len(plain), FRAME)):
            frame = plain[start : start + FRAME]
            nonce = nonces[number * NONCE : (number + 1) * NONCE]
            end = at + len(frame) + OVERHEAD
            view[at : at + NONCE] = nonce
            self._cipher.encrypt_into(nonce, frame, seals.bound(run, seal.length + start), view[at + NONCE : end])
            at = end
        self._writer.write(out)
        self._seal = replace(seal, length=seal.length + len(plain))


class SealedContent:
    """Opens the frames that a reader asks for; a frame that is not as it was written ends the reading."""

    def __init__(self, name: str, content: Content, seal: Seal) -> None:
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
        raw = memoryview(self._content.read(sealed + first * SEALED, size))
        if len(raw) != size:
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
        return Damaged(errors={"blob": self._name})


class SealedStore:
    """`seals`: new contents are sealed; None asks the place of the bytes each time. `only`: nothing in clear is
    accepted, so that nobody can put a content in clear in the place of a sealed one."""

    def __init__(self, ground: Ground, keys: Keyring, *, seals: bool | None = True, only: bool = False) -> None:
        self.ground, self.keys = ground, keys
        self._seals, self._only = seals, only

    def begin(self, name: str) -> None:
        if self._seals is None and self.ground.note(MARK) is not None:
            self._seals = True  # `plano keys encrypt` was run beside us
        if self._seals and self.ground.note(name) is None:
            self.ground.set_note(name, seals.pack(Seal(key=os.urandom(32)), name=name, keys=self.keys))
        self.ground.begin(name)

    def append(self, name: str) -> PartWriter:
        writer = self.ground.append(name)
        try:
            seal = self._seal_of(name)
            if seal is None:
                return writer
            if writer.offset < seal.end:
                raise Damaged(errors={"blob": name})
            part = SealedPart(self.ground, self.keys, name, writer, seal)
            part.flush()  # what a crash left is counted before anything follows it
            return part
        except BaseException:
            writer.close()
            raise

    def part_size(self, name: str) -> int:
        seal = self._seal_of(name)  # first: bytes only grow meanwhile
        size = self.ground.part_size(name)
        return size if seal is None else seal.grown(size).length

    def keep(self, name: str) -> int:
        seal = self._seal_of(name)
        if seal is None:
            return self.ground.keep(name)
        try:
            if self.ground.part_size(name) != seal.end:
                self.append(name).close()  # a crash came before the note: count what is there
                seal = self._seal_of(name) or seal
        except Missing:
            pass  # kept already
        self.ground.keep(name)
        return seal.length

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
        raise Damaged(errors={"blob": name})

    def discard(self, name: str) -> None:
        self.ground.discard(name)

    def kept_before(self, instant: datetime) -> Iterator[str]:
        return self.ground.kept_before(instant)

    def _opened(self, name: str, content: Content) -> Content | None:
        seal = self._seal_of(name)
        if seal is None:
            if self._only:
                raise Damaged(errors={"blob": name})
            return content
        if content.size >= seal.end and not (seal.likely_clear and content.size != seal.end):
            return SealedContent(name, content, seal)
        return content if seal.likely_clear and content.size == seal.length else None

    def _seal_of(self, name: str) -> Seal | None:
        note = self.ground.note(name)
        return None if note is None else seals.unpack(note, name=name, keys=self.keys)
