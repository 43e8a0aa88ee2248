"""The cage of converters: time, memory, disk, network, what is left behind; and LibreOffice follows no link (R-74)."""

import contextlib
import os
import shutil
import socket
import sys
import time
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from plano.platform import converters
from plano.platform.converters import Reason, Refused, cage

LIMITS = cage.Limits(seconds=10, cpu=5, memory=256 * cage.MEBI, file_size=1 * cage.MEBI)
PYTHON = shutil.which("python3", path="/usr/bin:/bin") or sys.executable


def refused(script: str, limits: cage.Limits = LIMITS) -> Reason:
    with converters.workplace() as folder, pytest.raises(Refused) as caught:
        cage.run([PYTHON, "-I", "-c", script], folder=folder, limits=limits)
    return caught.value.reason


def test_it_gives_what_it_was_told_and_leaves_nothing() -> None:
    with converters.workplace() as folder:
        assert cage.run([PYTHON, "-I", "-c", "open('left','w'); print(6 * 7)"], folder=folder, limits=LIMITS) == "42\n"
        assert (folder / "left").exists()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_the_clock_and_the_processor_are_limited() -> None:
    short = cage.Limits(seconds=0.5, cpu=5, memory=LIMITS.memory, file_size=LIMITS.file_size)
    assert refused("import time; time.sleep(30)", short) == Reason.TOO_SLOW
    busy = cage.Limits(seconds=20, cpu=1, memory=LIMITS.memory, file_size=LIMITS.file_size)
    assert refused("while True: pass", busy) == Reason.TOO_SLOW


def test_memory_and_files_are_limited() -> None:
    assert refused("x = b'0' * (1 << 29)") == Reason.DAMAGED  # Python's own MemoryError, exit code 1
    script = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('f','wb').write(b'0' * (1 << 22))"
    assert refused(script) == Reason.TOO_LARGE


def test_what_it_starts_ends_with_it() -> None:
    script = "import subprocess, os; print(subprocess.Popen(['sleep', '347']).pid); os._exit(0)"
    with converters.workplace() as folder:
        cage.run([PYTHON, "-I", "-c", script], folder=folder, limits=LIMITS)
    deadline = time.monotonic() + 5
    while (left := sleepers()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []


def sleepers() -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and (entry / "cmdline").read_bytes() == b"sleep\x00347\x00":
                found.append(entry.name)
    return found


def test_it_has_no_network_and_is_not_root() -> None:
    assert converters.is_offline()
    with socket.create_server(("127.0.0.1", 0)) as server:
        script = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)"
        assert refused(script) == Reason.DAMAGED
    with converters.workplace() as folder:
        told = cage.run([PYTHON, "-I", "-c", "import os; print(os.getuid())"], folder=folder, limits=LIMITS)
    assert int(told) == os.getuid() if os.getuid() else int(told) != 0


def test_an_office_file_that_names_others_shows_nothing_of_them(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("le mot de passe est banane")
    for folder in (tmp_path, *tmp_path.parents[:3]):
        with contextlib.suppress(PermissionError):
            folder.chmod(folder.stat().st_mode | 0o011)
    space = 'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"'
    names = " ".join(space % (n, n) for n in ("office", "text", "draw", "meta")) + (
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    body = (
        '<text:p>Devant.</text:p><text:section text:name="S">'
        f'<text:section-source xlink:href="{secret.as_uri()}" text:filter-name="Text"/></text:section>'
        "<text:p>Derrière.</text:p>"
    )
    content = (
        f'<office:document-content {names} office:version="1.2"><office:body><office:text>{body}'
        "</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with converters.workplace() as folder:
        source = folder / "source.odt"
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("mimetype", kind)
            archive.writestr("content.xml", content)
            archive.writestr("META-INF/manifest.xml", manifest)
        source.chmod(0o644)
        made = converters.to_pdf(source, folder=folder)
        with contextlib.closing(pypdfium2.PdfDocument(made.path.read_bytes())) as document:
            text = document[0].get_textpage().get_text_bounded()
    assert "Devant" in text
    assert "banane" not in text
