"""Keys of the files: show their state, exchange the key, seal what is in clear, forget former keys.

Files are sealed each with a key of its own; only these small keys are sealed with the storage key. So an exchange
rewrites no file. Every command may be stopped and run again, and works beside a running server.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from plano.cli import context, progress, storage
from plano.cli.errors import CommandError

if TYPE_CHECKING:
    from plano.platform.blobs.base import Ground
    from plano.platform.blobs.keys import Keyring

SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="status|rotate|encrypt|forget")
    acts.add_parser("status", help="which keys seal how many files")
    acts.add_parser("rotate", help="make a new key (or take the one given) and seal every file's key with it")
    acts.add_parser("encrypt", help="seal the files that are in clear")
    acts.add_parser("forget", help="delete former keys that seal nothing any more")


def run(options: argparse.Namespace) -> int:
    with context.database():
        context.migrate(quiet=True)
        from plano.platform.blobs import chosen
        from plano.platform.blobs.base import Trouble

        ground, keys = chosen.ground(), chosen.keyring()
        try:
            ACTS[options.act](ground, keys)
        except Trouble as error:
            raise CommandError(f"{storage.sentence(error, keys)}.") from None
    return 0


def _status(ground: Ground, keys: Keyring) -> None:
    from plano.platform.blobs import upkeep

    print(storage.seal(ground, keys)[2])
    known = {key.id: "former key" for key in keys.former()}
    if keys.has_key():
        known[keys.present().id] = "present key"
    for id, count in _census(ground).items():
        name = "in clear" if id == upkeep.CLEAR else f"{known.get(id, 'key that is NOT here')} {id.hex()}"
        print(f"{count:>9}  {name}")


def _rotate(ground: Ground, keys: Keyring) -> None:
    from plano.platform.blobs import upkeep
    from plano.platform.blobs.base import MARK

    if ground.note(MARK) is None:
        raise CommandError("The files are in clear: `plano keys encrypt` seals them first.")
    _require_known(ground, keys)
    count = _census(ground)
    older = sum(count.values()) - count[keys.present().id] - count[upkeep.CLEAR]
    if not older and not _mark_is_older(ground, keys):
        if keys.is_given:
            raise CommandError(
                "PLANO_STORAGE_KEY seals every file already. To exchange it, give the new key there and this one as "
                "PLANO_STORAGE_KEY_PREVIOUS, then run this again."
            )
        keys.add()
        _record("storage.key_made", keys)
    with progress.bar("Sealing keys", sum(count.values())) as step:
        left = upkeep.rewrap(ground, keys, lambda _: step())
    _require_nothing(left, "rotate")
    _record("storage.key_exchanged", keys)
    former = "PLANO_STORAGE_KEY_PREVIOUS may be removed" if keys.is_given else "`plano keys forget` deletes former keys"
    print(
        f"The key {keys.present().id.hex()} seals every file. Copy {storage.key_place(keys)} to where you keep keys. "
        f"Backups made before need the former key; once there are none, {former}."
    )


def _encrypt(ground: Ground, keys: Keyring) -> None:
    from plano.platform.blobs import upkeep
    from plano.platform.blobs.base import MARK

    if ground.note(MARK) is not None:
        _require_known(ground, keys)
    elif not keys.has_key():
        keys.make()
        _record("storage.key_made", keys)
    count = _census(ground)
    with progress.bar("Sealing files", sum(count.values())) as step:
        left = upkeep.encrypt(ground, keys, lambda _: step())
    _require_nothing(left, "encrypt")
    _record("storage.encrypted", keys)
    rest = _census(ground)[upkeep.CLEAR]
    unfinished = f" {rest} unfinished uploads are in clear still: run this again tomorrow." if rest else ""
    print(
        f"{count[upkeep.CLEAR] - rest} files were sealed with the key {keys.present().id.hex()}. Copy "
        f"{storage.key_place(keys)} to where you keep keys: without it nobody can read them.{unfinished}"
    )


def _forget(ground: Ground, keys: Keyring) -> None:
    _require_known(ground, keys)
    count = _census(ground)
    former = [key for key in keys.former() if not count[key.id]]
    needed = [key for key in keys.former() if count[key.id]]
    if needed or _mark_is_older(ground, keys):
        raise CommandError("Former keys still seal files: `plano keys rotate` ends the exchange first.")
    gone = keys.forget(former)
    if gone:
        _record("storage.keys_forgotten", keys)
    print(f"{gone} former keys were deleted from {keys.path}.")


ACTS = {"status": _status, "rotate": _rotate, "encrypt": _encrypt, "forget": _forget}


def _census(ground: Ground) -> Counter[bytes]:
    from plano.platform.blobs import upkeep

    with progress.bar("Counting files"):
        return upkeep.census(ground)


def _require_known(ground: Ground, keys: Keyring) -> None:
    """Raises KeyMissing when the place needs a key that is not here."""
    storage.seal(ground, keys)
    keys.present()


def _mark_is_older(ground: Ground, keys: Keyring) -> bool:
    from plano.platform.blobs import seal
    from plano.platform.blobs.base import MARK

    words = ground.note(MARK)
    return words is not None and seal.key_id(words, name=MARK) != keys.present().id


def _require_nothing(left: list[str], act: str) -> None:
    if left:
        shown = "; ".join(left[:SHOWN]) + ("; …" if len(left) > SHOWN else "")
        raise CommandError(f"{len(left)} files are left ({shown}); run `plano keys {act}` again.")


def _record(action: str, keys: Keyring) -> None:
    from django.db import transaction

    from plano.platform import audit

    with transaction.atomic():
        audit.record(actor=None, action=action, details={"key": keys.present().id.hex()})
