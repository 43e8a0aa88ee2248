"""The note of the whole place: which key it needs, and whether everything in it is sealed.

Without it a lost key would look like a new installation, and contents would be written in clear beside sealed ones.
"""

from dataclasses import dataclass

from plano.platform.blobs import seal as seals
from plano.platform.blobs.base import MARK
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.seal import Seal


@dataclass(frozen=True)
class Mark:
    """`only`: nothing in clear is accepted."""

    only: bool


def pack(mark: Mark, *, keys: Keyring) -> bytes:
    return seals.pack(Seal(key=bytes(32), likely_clear=not mark.only), name=MARK, keys=keys)


def unpack(note: bytes, *, keys: Keyring) -> Mark:
    """Raises KeyMissing, or Damaged."""
    return Mark(only=not seals.unpack(note, name=MARK, keys=keys).likely_clear)
