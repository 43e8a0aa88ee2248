"""What lies beside sealed bytes: the key of this content alone, how long it is, where its runs begin.

The note is `PLANO` 1, the identifier of the storage key, a nonce, then all else under AES-256-GCM with that key; the
name of the content is bound to it, so a note works beside no other bytes.

The bytes are frames: nonce, up to 64 KiB under AES-256-GCM with the content's own key, tag. The offset of the frame
and the number of its run are bound to it. A run begins at 0 and wherever a writer went on after a short frame or
after a crash: what is written is never written again, and no nonce is used twice.
"""

import os
import struct
from bisect import bisect_right
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidTag

from plano.platform.blobs.base import Damaged
from plano.platform.blobs.keys import ID_SIZE, Keyring

FRAME = 1 << 16
NONCE, TAG = 12, 16
OVERHEAD = NONCE + TAG
SEALED = FRAME + OVERHEAD
MAGIC = b"PLANO\x01"
HEAD = len(MAGIC) + ID_SIZE + NONCE
FIXED = struct.Struct(">32sBQI")
RUN = struct.Struct(">QQ")
LIKELY_CLEAR = 1


@dataclass(frozen=True)
class Seal:
    """The note of one content, opened."""

    key: bytes
    length: int = 0
    runs: tuple[tuple[int, int], ...] = ((0, 0),)
    """(offset in the content, offset in the sealed bytes) of each run."""
    likely_clear: bool = False
    """The note came first: the bytes beside it may still be in clear. Their size tells."""

    @property
    def end(self) -> int:
        """Where the last frame ends in the sealed bytes."""
        plain, sealed = self.runs[-1]
        return sealed + sealed_size(self.length - plain)

    @property
    def is_aligned(self) -> bool:
        """Whether the next frame may go on in the last run."""
        return (self.length - self.runs[-1][0]) % FRAME == 0

    def grown(self, size: int) -> "Seal":
        """With the frames that a crash left after the last flush: whole ones count, a torn one is skipped."""
        extra = size - self.end
        if extra <= 0:
            return self
        found = self if self.is_aligned else replace(self, runs=(*self.runs, (self.length, self.end)))
        whole, torn = divmod(extra, SEALED)
        found = replace(found, length=found.length + whole * FRAME)
        return replace(found, runs=(*found.runs, (found.length, size))) if torn else found

    def ready(self) -> "Seal":
        """With a run for the next frame."""
        return self if self.is_aligned else replace(self, runs=(*self.runs, (self.length, self.end)))

    def run_at(self, offset: int) -> int:
        """The number of the run that holds this byte."""
        return bisect_right(self.runs, offset, key=lambda run: run[0]) - 1

    def run_end(self, number: int) -> int:
        """Where a run ends in the content."""
        return self.runs[number + 1][0] if number + 1 < len(self.runs) else self.length


def sealed_size(plain: int) -> int:
    """How many bytes one run of this length takes."""
    return plain + OVERHEAD * -(-plain // FRAME)


def bound(run: int, offset: int) -> bytes:
    """What a frame is bound to."""
    return struct.pack(">IQ", run, offset)


def pack(seal: Seal, *, name: str, keys: Keyring) -> bytes:
    """The note, sealed with the present key."""
    key = keys.present()
    head, nonce = MAGIC + key.id, os.urandom(NONCE)
    body = FIXED.pack(seal.key, LIKELY_CLEAR if seal.likely_clear else 0, seal.length, len(seal.runs))
    body += b"".join(RUN.pack(*run) for run in seal.runs)
    return head + nonce + key.cipher.encrypt(nonce, body, head + name.encode())


def unpack(note: bytes, *, name: str, keys: Keyring) -> Seal:
    """Raises Damaged, or KeyMissing."""
    head = note[: HEAD - NONCE]
    key = keys.named(key_id(note, name=name))
    try:
        body = key.cipher.decrypt(note[HEAD - NONCE : HEAD], note[HEAD:], head + name.encode())
    except InvalidTag:
        raise Damaged(name) from None
    secret, flags, length, count = FIXED.unpack_from(body)
    runs = tuple(RUN.unpack_from(body, FIXED.size + number * RUN.size) for number in range(count))
    return Seal(key=secret, length=length, runs=runs, likely_clear=bool(flags & LIKELY_CLEAR))


def key_id(note: bytes, *, name: str) -> bytes:
    """Which storage key sealed this note."""
    if len(note) < HEAD + TAG or not note.startswith(MAGIC):
        raise Damaged(name)
    return note[len(MAGIC) : len(MAGIC) + ID_SIZE]
