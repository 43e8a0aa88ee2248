"""For tests: finds the byte strings that it was told of."""

from collections.abc import Iterable, Mapping

from plano.platform.scanner.base import Finding, Outcome, Unreachable


class MemoryScanner:
    """`signatures` are byte strings with their names; `up` is whether it answers."""

    def __init__(self, signatures: Mapping[bytes, str], *, largest: int = 25_000_000) -> None:
        self._signatures = dict(signatures)
        self._largest = largest
        self.up = True
        self.scanned = 0

    def scan(self, pieces: Iterable[bytes]) -> Outcome:
        self._require_up()
        whole = b"".join(pieces)
        self.scanned += 1
        if len(whole) > self._largest:
            return Outcome(Finding.TOO_LARGE)
        for signature, name in self._signatures.items():
            if signature in whole:
                return Outcome(Finding.INFECTED, name)
        return Outcome(Finding.CLEAN)

    def version(self) -> str:
        self._require_up()
        return f"memory {len(self._signatures)}"

    def _require_up(self) -> None:
        if not self.up:
            raise Unreachable("stopped")
