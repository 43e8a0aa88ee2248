"""The keys that seal the keys of contents, never in the database: in PLANO_STORAGE_KEY or in a file, mode 0600.

The file has one key a line, the present one first; former ones below open what they sealed. It is read again as soon
as it changes, so that a running server follows `plano keys rotate`.
"""

import hashlib
import os
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from plano.platform.blobs.base import KeyMissing

KEY_FILE = "storage-keys"
ID_SIZE = 8
SMALLEST = 32


class Key:
    """One secret: its public identifier, and the cipher made from it."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"plano storage key 1").derive(secret.encode())
        self.id = hashlib.sha256(b"plano storage key id" + made).digest()[:ID_SIZE]
        self.cipher = AESGCM(made)

    def __repr__(self) -> str:
        return f"<key {self.id.hex()}>"


@dataclass(frozen=True)
class Bundle:
    """The keys at one moment."""

    present: Key | None
    by_id: dict[bytes, Key]


class Keyring:
    """Given keys first, then those of the file."""

    def __init__(self, path: Path, given: tuple[str, ...] = ()) -> None:
        self.path = path
        self._given = tuple(Key(secret) for secret in given)
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._bundle = self._bundled(())
        self._look()

    @property
    def is_given(self) -> bool:
        """Whether the present key comes from the configuration and not from the file."""
        return bool(self._given)

    def present(self) -> Key:
        """The key that seals from now on."""
        key = self._look().present
        if key is None:
            raise KeyMissing
        return key

    def has_key(self) -> bool:
        return self._look().present is not None

    def named(self, id: bytes) -> Key:
        """The key with this identifier."""
        key = self._look().by_id.get(id)
        if key is None:
            raise KeyMissing(id.hex())
        return key

    def former(self) -> list[Key]:
        """All but the present one."""
        bundle = self._look()
        return [key for key in bundle.by_id.values() if key is not bundle.present]

    def make(self) -> None:
        """The first key, made once; of two who make it at once one wins."""
        fresh = self._written([secrets.token_urlsafe(48)])
        try:
            os.link(fresh, self.path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        _flush_folder(self.path.parent)

    def add(self) -> Key:
        """A new present key before those of the file."""
        self._store([secrets.token_urlsafe(48), *(key.secret for key in self._in_file())])
        return self.present()

    def forget(self, keys: list[Key]) -> int:
        """Take keys out of the file; returns how many were there."""
        gone, found = {key.id for key in keys}, self._in_file()
        left = [key.secret for key in found if key.id not in gone]
        if len(left) < len(found):
            self._store(left)
        return len(found) - len(left)

    def _look(self) -> Bundle:
        try:
            stat = self.path.stat()
            seen = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
        except FileNotFoundError:
            seen = (0, 0, 0)
        if seen != self._seen:
            with self._lock:
                self._bundle = self._bundled(self._in_file())
                self._seen = seen
        return self._bundle

    def _bundled(self, in_file: tuple[Key, ...]) -> Bundle:
        keys = (*self._given, *in_file)
        return Bundle(keys[0] if keys else None, {key.id: key for key in reversed(keys)})

    def _in_file(self) -> tuple[Key, ...]:
        try:
            lines = self.path.read_text(encoding="ascii").split()
        except FileNotFoundError:
            return ()
        return tuple(Key(line) for line in lines if len(line) >= SMALLEST)

    def _store(self, lines: list[str]) -> None:
        self._written(lines).rename(self.path)
        _flush_folder(self.path.parent)

    def _written(self, lines: list[str]) -> Path:
        fresh = self.path.with_name(f".{self.path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("".join(f"{line}\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        return fresh


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
