"""Without a mail server: mails are files, mode 0600, in `PLANO_DATA/outbox`, purged after 30 days (R-83)."""

import os
from datetime import timedelta
from pathlib import Path

from plano.kernel import clock
from plano.kernel.ids import uuid7
from plano.platform.mail.base import Message, as_email

KEPT = timedelta(days=30)


class Outbox:
    """Writes a temporary name, then renames, so that a reader never sees half a mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, message: Message) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%dT%H%M%S}-{uuid7()}.eml"
        fresh = self.folder / f".{name}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(as_email(message).as_bytes())
        fresh.rename(self.folder / name)

    def purge(self) -> int:
        """Delete what is older than 30 days; returns how many."""
        if not self.folder.is_dir():
            return 0
        oldest = (clock.now() - KEPT).timestamp()
        old = [path for path in self.folder.glob("*.eml") if path.stat().st_mtime < oldest]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)
