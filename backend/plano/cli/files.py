"""Move every file to another place: from a folder to a bucket, or back.

Files are copied as they lie, sealed ones sealed, and each is read back and compared. The old place is left as it is.
The command may be stopped and run again. Beside a running Plano it copies what there is; with Plano stopped, the rest.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plano.cli import context, progress, storage
from plano.cli.errors import CommandError
from plano.cli.lock import DataLock
from plano.config import environment

if TYPE_CHECKING:
    from plano.platform.blobs.base import Ground
    from plano.platform.blobs.relocation import Moved

SHOWN = 10
AWAKE = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="move")
    move = acts.add_parser("move", help="copy every file to another place and compare it there")
    place = move.add_mutually_exclusive_group(required=True)
    place.add_argument("--to", metavar="URL", help="file:///folder or s3://host/bucket/prefix, as PLANO_STORAGE_URL")
    place.add_argument(
        "--to-file", metavar="PATH", type=Path, help="a file that holds the URL, key and secret included"
    )
    move.add_argument("--dry-run", action="store_true", help="only say what would be copied")


def run(options: argparse.Namespace) -> int:
    url = _url(options)
    with context.database():
        context.migrate(quiet=True)
        from plano.platform.blobs import chosen
        from plano.platform.blobs.base import Trouble

        with _watched() as runs:
            try:
                _move(chosen.ground(), chosen.ground_at(url), dry=options.dry_run, runs=runs)
            except Trouble as error:
                raise CommandError(f"{storage.sentence(error, chosen.keyring())}.") from None
    return 0


def _url(options: argparse.Namespace) -> str:
    if options.to_file is None:
        return _known(options.to)
    try:
        return _known(options.to_file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"{options.to_file} cannot be read.") from None


def _known(url: str) -> str:
    if not url.startswith(("s3://", "file:///")):
        raise CommandError("The place is written file:///folder or s3://host/bucket/prefix, as PLANO_STORAGE_URL.")
    return url


@contextmanager
def _watched() -> Iterator[bool]:
    """Whether a Plano works on these files, here or on another node. If not, none starts here meanwhile."""
    from django.db import connection

    with DataLock(environment.read(os.environ).data) as lock:
        here = not lock.take("command") and lock.holder()[0] == "serve"
        with connection.cursor() as cursor:
            cursor.execute(AWAKE)
            elsewhere = cursor.fetchone()[0] > 0
        yield here or elsewhere


def _move(source: Ground, target: Ground, *, dry: bool, runs: bool) -> None:
    from plano.platform.blobs import chosen, relocation, upkeep

    target.ping()
    total = sum(1 for _ in upkeep.names(source))
    try:
        with progress.bar("Copying files", total) as step:
            moved = relocation.relocate(source, target, chosen.keyring(), dry=dry, step=step)
    except relocation.SamePlace:
        raise CommandError(f"The files are there already: {storage.where(source)}.") from None
    except relocation.Foreign:
        raise CommandError(
            f"There are files of another installation: {storage.where(target)}. Name an empty place."
        ) from None
    work = f"{moved.copied} files ({moved.bytes} bytes)"
    if dry:
        print(f"{work} would be copied to {storage.where(target)}; {_rest(moved)}.")
        return
    if moved.left:
        shown = "; ".join(moved.left[:SHOWN]) + ("; …" if len(moved.left) > SHOWN else "")
        raise CommandError(
            f"{moved.kept} files are in {storage.where(target)}, {len(moved.left)} are not ({shown}). "
            "`plano check --files` says more; run this again."
        )
    _record(moved, target)
    print(f"{work} were copied to {storage.where(target)} and compared; {_rest(moved)}.")
    if runs:
        print("Plano is running and goes on in the old place. Stop it, on every node, and run this again for the rest.")
    else:
        print(
            "All files are there. Give that place as PLANO_STORAGE_URL, start Plano, and let `plano check --files` "
            "read all of it; then the old place may be deleted."
        )


def _rest(moved: Moved) -> str:
    gone = f", {moved.removed} that were deleted since were taken away there" if moved.removed else ""
    unfinished = f"; {moved.unfinished} unfinished uploads stay behind and begin again" if moved.unfinished else ""
    return f"{moved.there} were there before{gone}{unfinished}"


def _record(moved: Moved, target: Ground) -> None:
    from django.db import transaction

    from plano.platform import audit

    with transaction.atomic():
        details: dict[str, str | int | bool | None] = {"files": moved.copied, "place": storage.where(target)}
        audit.record(actor=None, action="storage.moved", details=details)
