"""Which adapter this installation uses, and whether its contents are sealed."""

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from plano.kernel.errors import DomainError
from plano.platform.blobs.base import MARK, Ground, Store
from plano.platform.blobs.copying import chunks
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import KEY_FILE, Keyring
from plano.platform.blobs.mark import Mark, pack, unpack
from plano.platform.blobs.sealed import SealedStore

_chosen: Store | None = None
_lock = threading.Lock()


def store() -> Store:
    """The store that the configuration names; `file://` or the data folder."""
    global _chosen
    found = _chosen
    if found is None:
        with _lock:
            found = _chosen = _chosen or chosen()
    return found


def pieces(name: str, size: int) -> Iterator[bytes]:
    """Kept bytes from the first to the last, at most `size` at a time. Raises Missing."""
    content = store().open(name)
    try:
        yield from chunks(content, size)
    finally:
        content.close()


def discard_all(names: Iterable[str]) -> None:
    """All of these: gone. For after COMMIT, when no row speaks of them any more."""
    for name in names:
        store().discard(name)


def use(other: Store | None) -> None:
    """Another store, for tests; None goes back to the configuration."""
    global _chosen
    _chosen = other


def chosen() -> SealedStore:
    """A new place of bytes is sealed from its first one. One that has contents in clear stays so until
    `plano keys encrypt`, or until a key is given."""
    below, keys, wanted = ground(), keyring(), settings.PLANO.storage_encryption
    words = below.note(MARK)
    if words is None:
        if wanted is False:
            return SealedStore(below, keys, seals=False)
        only = below.is_empty()
        if not keys.has_key():
            if not only:
                return SealedStore(below, keys, seals=None)
            keys.make()
        below.set_note(MARK, pack(Mark(only=only), keys=keys))
        return SealedStore(below, keys, only=only)
    mark = unpack(words, keys=keys)
    if wanted is False:
        if mark.only:
            below.set_note(MARK, pack(Mark(only=False), keys=keys))
        return SealedStore(below, keys, seals=False)
    return SealedStore(below, keys, only=mark.only)


def ground() -> Ground:
    """The adapter itself."""
    return ground_at(settings.PLANO.storage_url)


def ground_at(url: str | None) -> Ground:
    """The adapter for an address; without one the data folder."""
    if url is None:
        return FileStore(Path(settings.PLANO.data) / "files")
    if urlsplit(url).scheme == "s3":
        from plano.platform.blobs.s3 import at  # 30 MB of memory that a folder does not need

        return at(url)
    return FileStore(Path(unquote(urlsplit(url).path)))


def keyring() -> Keyring:
    """The keys given, and those of the data folder."""
    given = (settings.PLANO.storage_key, settings.PLANO.storage_key_previous)
    return Keyring(Path(settings.PLANO.data) / KEY_FILE, tuple(secret for secret in given if secret))


def answers() -> bool:
    """For `/readyz`: the place of the bytes answers, and its key is here."""
    try:
        found = store()
        if isinstance(found, SealedStore):
            found.ground.ping()
    except DomainError:
        return False
    return True
