"""A real clamd of Debian with signatures of our own: no freshclam, no network."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.waiting import becomes, listens

# The standard test file of antivirus makers, cut so that this file is not taken for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-" + b"FILE!$H+H*"
PLAGUE = b"plano own signature " + b"of the test suite"
SIGNATURES = {EICAR: "Plano.Eicar", PLAGUE: "Plano.Plague"}
LARGEST = 2_000_000


class Clamd:
    """The daemon on a socket of its own; `stop` and `start` as an administrator would."""

    def __init__(self, folder: Path) -> None:
        binary = shutil.which("clamd") or "/usr/sbin/clamd"
        if not Path(binary).exists():
            raise RuntimeError("clamd is missing: apt-get install clamav-daemon")
        self._command = [binary, "--foreground", f"--config-file={folder / 'clamd.conf'}"]
        self._socket = folder / "clamd.sock"
        signatures = folder / "signatures"
        signatures.mkdir()
        lines = [f"{name}:0:*:{pattern.hex()}\n" for pattern, name in SIGNATURES.items()]
        (signatures / "plano.ndb").write_text("".join(lines))
        (folder / "clamd.conf").write_text(
            f"DatabaseDirectory {signatures}\nLocalSocket {self._socket}\nStreamMaxLength {LARGEST}\n"
            f"TemporaryDirectory {folder}\nMaxThreads 2\nForeground yes\nLogFile {folder / 'clamd.log'}\n"
        )
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        self._child = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not becomes(lambda: listens(str(self._socket)), self._child, seconds=30):
            raise RuntimeError("clamd does not start")

    def stop(self) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait(10)
            self._child = None
        self._socket.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    daemon = Clamd(tmp_path_factory.mktemp("clamd"))
    daemon.start()
    yield daemon
    daemon.stop()
