"""Stores of bytes by name, and shorthands to fill them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plano.platform.blobs import Store, new_name
from plano.platform.blobs.base import Ground
from plano.platform.blobs.files import FileStore
from plano.platform.blobs.keys import Keyring
from plano.platform.blobs.memory import MemoryStore
from plano.platform.blobs.sealed import SealedStore


def put(store: Store, content: bytes) -> str:
    """A part with these bytes."""
    name = new_name()
    store.begin(name)
    part = store.append(name)
    part.write(content)
    part.close()
    return name


def read(store: Store, name: str) -> bytes:
    """The whole content."""
    content = store.open(name)
    try:
        return content.read(0, content.size + 1)
    finally:
        content.close()


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    """A fresh key in a file of its own."""
    ring = Keyring(tmp_path / "storage-keys")
    ring.make()
    return ring


@pytest.fixture
def ground_of(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str], Ground]:
    """An adapter by name."""

    def make(kind: str) -> Ground:
        if kind == "s3":
            made: Ground = request.getfixturevalue("seaweed").store()
            return made
        return MemoryStore() if kind == "memory" else FileStore(tmp_path / "files")

    return make


@pytest.fixture
def store_of(ground_of: Callable[[str], Ground], keys: Keyring) -> Callable[[str], Store]:
    """The same, `sealed …` under a seal."""

    def make(kind: str) -> Store:
        ground = ground_of(kind.removeprefix("sealed "))
        return SealedStore(ground, keys) if kind.startswith("sealed ") else ground

    return make
