"""Kept bytes from one store to another: what was written is read back there and compared before it counts."""

import hashlib
from collections.abc import Iterator

from plano.platform.blobs.base import Content, Damaged, Missing, Store

CHUNK = 1 << 20


def chunks(content: Content, size: int = CHUNK) -> Iterator[bytes]:
    """Kept bytes from the first to the last, at most `size` at a time."""
    offset = 0
    while chunk := content.read(offset, size):
        offset += len(chunk)
        yield chunk


def copy(content: Content, target: Store, name: str) -> None:
    """Into a new content. Raises Damaged when what is read there is not what was read here."""
    target.begin(name)
    part, sent = target.append(name), hashlib.sha256()
    try:
        for chunk in chunks(content):
            sent.update(chunk)
            part.write(chunk)
    finally:
        part.close()
    target.keep(name)
    if _digest(target, name) != sent.digest():
        raise Damaged(name)


def is_part(store: Store, name: str) -> bool:
    """Whether an upload under this name is not finished."""
    try:
        store.part_size(name)
    except Missing:
        return False
    return True


def _digest(store: Store, name: str) -> bytes:
    content, digest = store.open(name), hashlib.sha256()
    try:
        for chunk in chunks(content):
            digest.update(chunk)
    finally:
        content.close()
    return digest.digest()
