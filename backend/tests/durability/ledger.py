"""The client's ledger: what the server said yes to, against what is found afterwards. Flushed, so it survives too."""

import json
import os
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Verdict:
    """What is wrong; all empty when nothing is."""

    sent: int
    acknowledged: int
    found: int
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.phantom)


class Ledger:
    """One line per fact, fsynced: `sent` before the request leaves, `ack` after a 2xx was read."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1)
        self._lock = threading.Lock()
        self.sent: set[str] = set()
        self.acknowledged: dict[str, str] = {}

    def send(self, id: str) -> None:
        with self._lock:
            self.sent.add(id)
            self._write({"fact": "sent", "id": id})

    def ack(self, id: str, content: str = "") -> None:
        with self._lock:
            self.acknowledged[id] = content
            self._write({"fact": "ack", "id": id})

    def unanswered(self) -> list[str]:
        with self._lock:
            return sorted(self.sent - self.acknowledged.keys())

    def compare(self, found: Iterable[str]) -> Verdict:
        counts = Counter(found)
        return Verdict(
            sent=len(self.sent),
            acknowledged=len(self.acknowledged),
            found=sum(counts.values()),
            lost=sorted(self.acknowledged.keys() - counts.keys()),
            doubled=sorted(id for id, count in counts.items() if count > 1),
            phantom=sorted(counts.keys() - self.sent),
        )

    def _write(self, fact: dict[str, str]) -> None:
        self._file.write(json.dumps(fact) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
