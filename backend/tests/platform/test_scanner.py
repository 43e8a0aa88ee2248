"""One contract for every antivirus; and what is no verdict."""

import socket
import threading

import pytest

from plano.platform.scanner import Finding, Outcome, Scanner, Unreachable
from plano.platform.scanner.clamd import Clamd as Adapter
from plano.platform.scanner.memory import MemoryScanner
from tests.antivirus import EICAR, LARGEST, PLAGUE, SIGNATURES, Clamd, clamd

__all__ = ["clamd"]


@pytest.fixture(params=["clamd", "memory"])
def scanner(request: pytest.FixtureRequest) -> Scanner:
    if request.param == "memory":
        return MemoryScanner(SIGNATURES, largest=LARGEST)
    daemon: Clamd = request.getfixturevalue("clamd")
    return Adapter(daemon.url)


def test_clean_bytes_are_clean(scanner: Scanner) -> None:
    assert scanner.scan([b"Bonjour ", b"", b"tout le monde"]) == Outcome(Finding.CLEAN)
    assert scanner.scan([]) == Outcome(Finding.CLEAN)
    assert scanner.version()


@pytest.mark.parametrize("whole", [EICAR, b"\0" * 300_000 + PLAGUE])
def test_malware_is_found_wherever_the_pieces_are_cut(scanner: Scanner, whole: bytes) -> None:
    middle = len(whole) - 12
    outcome = scanner.scan([whole[:middle], whole[middle:]])
    assert outcome.finding == Finding.INFECTED
    assert outcome.signature.startswith("Plano.")


def test_more_than_it_takes_is_told_and_not_called_clean(scanner: Scanner) -> None:
    assert scanner.scan(b"\0" * 200_000 for _ in range(LARGEST // 100_000)).finding == Finding.TOO_LARGE


def test_a_stopped_scanner_is_no_verdict(clamd: Clamd) -> None:
    adapter = Adapter(clamd.url + ".gone")
    with pytest.raises(Unreachable):
        adapter.scan([b"x"])
    with pytest.raises(Unreachable):
        adapter.version()
    memory = MemoryScanner(SIGNATURES)
    memory.up = False
    with pytest.raises(Unreachable):
        memory.scan([b"x"])


ANSWERS = [b"", b"stream: ", b"stream: OK", b"stream: OK but no\0", b"nonsense ERROR\0", b"OK\0"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_is_not_understood_is_no_verdict(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def reply() -> None:
            connection, _ = server.accept()
            with connection:
                told = b""
                while not told.endswith(b"\0\0\0\0"):
                    told += connection.recv(4096)
                connection.sendall(answer)

        thread = threading.Thread(target=reply)
        thread.start()
        with pytest.raises(Unreachable):
            Adapter(f"tcp://127.0.0.1:{server.getsockname()[1]}").scan([b"x"])
        thread.join()


@pytest.mark.parametrize("answer", [b"stream: OK\0", b"stream: ", b""])
def test_r075_a_scanner_that_ends_in_the_middle_of_a_content_is_no_verdict(answer: bytes) -> None:
    """It hangs up after the first pieces, whatever it said."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def leave() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(200_000)
                connection.sendall(answer)
                connection.shutdown(socket.SHUT_RD)
            server.close()

        thread = threading.Thread(target=leave)
        thread.start()
        with pytest.raises(Unreachable):
            Adapter(f"tcp://127.0.0.1:{server.getsockname()[1]}").scan(b"x" * 1_000_000 for _ in range(60))
        thread.join()
