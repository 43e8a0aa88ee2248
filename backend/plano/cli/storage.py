"""What `plano check` says of the place of files, and `plano check --files` of each file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from plano.cli import progress

if TYPE_CHECKING:
    from plano.platform.blobs.base import Ground, Trouble
    from plano.platform.blobs.keys import Keyring

OK, NOTE, BAD = "OK", "note", "TO DO"
Finding = tuple[str, str, str]
ADVICE = {
    "NoSuchBucket": "make the bucket, or correct PLANO_STORAGE_URL",
    "SignatureDoesNotMatch": "the secret in PLANO_STORAGE_URL is wrong, or not percent-encoded",
    "InvalidAccessKeyId": "the access key in PLANO_STORAGE_URL is not known there",
    "AccessDenied": "the access key needs to read, write, delete and list there",
    "NoCredentialsError": "give key and secret in PLANO_STORAGE_URL, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "EndpointConnectionError": "start it, or correct PLANO_STORAGE_URL",
    "SSLError": "its certificate is not trusted here; `tls=0` is for http",
}


def place() -> Iterator[Finding]:
    """Whether the place of files answers, and in which state its contents are. Nothing is made."""
    from plano.platform.blobs import chosen
    from plano.platform.blobs.base import Trouble

    ground, keys = chosen.ground(), chosen.keyring()
    try:
        ground.ping()
    except Trouble as error:
        advice = ADVICE.get(error.reason.rpartition(": ")[2], "look at PLANO_STORAGE_URL")
        yield BAD, "files", f"{error.reason}: {advice}"
        return
    yield OK, "files", where(ground)
    try:
        yield seal(ground, keys)
    except Trouble as error:
        yield BAD, "encryption", sentence(error, keys)


def where(ground: Ground) -> str:
    """The folder or the bucket, without secrets."""
    from plano.platform.blobs.files import FileStore

    if isinstance(ground, FileStore):
        return str(ground.root)
    bucket = getattr(ground, "bucket", None)
    return f"bucket {bucket.place}, prefix {bucket.prefix or '(none)'}" if bucket else type(ground).__name__


def seal(ground: Ground, keys: Keyring) -> Finding:
    """Whether contents are sealed, and with which key. Raises KeyMissing or Damaged."""
    from plano.platform.blobs import mark
    from plano.platform.blobs.base import MARK

    words = ground.note(MARK)
    if words is None:
        if keys.has_key() or ground.is_empty():
            return OK, "encryption", "files will be sealed from the first one"
        return NOTE, "encryption", "files are in clear: `plano keys encrypt` seals them"
    state = mark.unpack(words, keys=keys)
    rest = "" if state.only else "; some are in clear: `plano keys encrypt` seals them"
    text = f"AES-256-GCM, key {keys.present().id.hex()} in {key_place(keys)}: keep a copy apart from the files{rest}"
    return (OK if state.only else NOTE), "encryption", text


def key_place(keys: Keyring) -> str:
    """Where the present key comes from."""
    return "PLANO_STORAGE_KEY" if keys.is_given else str(keys.path)


def sentence(error: Trouble, keys: Keyring) -> str:
    """A refusal of the storage, and what to do."""
    from plano.platform.blobs import Damaged, KeyMissing

    if isinstance(error, KeyMissing):
        key = f"key {error.reason}" if error.reason else "key"
        return (
            f"The files are sealed with the {key}, which is not here: put {keys.path} back from your copy, "
            "or give it as PLANO_STORAGE_KEY. Without it nobody can read them"
        )
    if isinstance(error, Damaged):
        return f"The words that tell the key of the files are damaged: take the note {'0' * 32} from a backup"
    return f"The place of the files does not answer ({error.reason})"


def contents() -> Iterator[Finding]:
    """Every content read and compared with its SHA-256."""
    from plano.documents.queries import integrity
    from plano.platform.blobs import chosen
    from plano.platform.blobs.base import Trouble

    found = 0
    try:
        total = integrity.contents()
        with progress.bar("Reading files", total) as step:
            for damage in integrity.examine(step=step):
                found += 1
                whose = "; ".join(damage.versions) or "no version"
                yield BAD, "file", f"{whose}: {damage.reason}. {_remedy(damage.blob)}"
        lost = len(integrity.orphans(timedelta(days=1)))
    except Trouble as error:
        yield BAD, "file", sentence(error, chosen.keyring())
        return
    if lost:
        yield NOTE, "file", f"{lost} belong to nothing any more; the server removes them at night"
    if not found:
        yield OK, "file", f"{total} contents read, each with the SHA-256 of its upload"


def _remedy(blob: str) -> str:
    from plano.platform.blobs import chosen
    from plano.platform.blobs.files import FileStore

    ground = chosen.ground()
    if isinstance(ground, FileStore):
        names = f"kept/{blob[:2]}/{blob[2:4]}/{blob} and notes/{blob[:2]}/{blob} in {ground.root}"
    else:
        names = f"content/{blob} and notes/{blob} in the {where(ground)}"
    return f"Take {names} from a backup, or delete that version"
