"""The words of a file, for search: by pdfium and the standard library in a child of ours, by tesseract for scans."""

import shutil
import sys
from pathlib import Path

from plano.platform.converters import cage
from plano.platform.converters.base import Refused
from plano.platform.converters.pictures import WORKERS

LIMITS = cage.Limits(seconds=60, cpu=45, memory=1536 * cage.MEBI, file_size=64 * cage.MEBI)
SCAN_LIMITS = cage.Limits(seconds=60, cpu=50, memory=1536 * cage.MEBI, file_size=16 * cage.MEBI)
FEW = 40  # letters in a whole PDF: it is made of pictures
MAX_TEXT = 1_000_000


def tesseract() -> str | None:
    """Where tesseract is installed."""
    return shutil.which("tesseract", path="/usr/local/bin:/usr/bin:/bin")


def words(source: Path, form: str, *, folder: Path) -> str:
    """The words of a file; those of a scanned PDF where tesseract is installed. Raises Refused."""
    out = folder / "words.txt"
    _work(source, form, out, folder)
    text = out.read_text(encoding="utf-8", errors="replace")[:MAX_TEXT]
    if form == "pdf" and sum(map(str.isalnum, text[:10_000])) < FEW and tesseract() is not None:
        return text + _read_scan(source, folder)
    return text


def _read_scan(source: Path, folder: Path) -> str:
    """Page by page until one is too much; what was read before is kept."""
    _work(source, "scan", folder / "page", folder)
    pages = sorted(folder.glob("page-*.png"), key=lambda page: int(page.stem.partition("-")[2]))
    read = []
    for page in pages:
        out = folder / page.stem
        try:
            command: list[str | Path] = [tesseract() or "tesseract", page, out, "-l", _languages(), "--psm", "1"]
            cage.run(command, folder=folder, limits=SCAN_LIMITS)
        except Refused:
            break
        read.append(out.with_suffix(".txt").read_text(encoding="utf-8", errors="replace"))
        page.unlink()
    return "\n".join(read)[:MAX_TEXT]


def _languages() -> str:
    known = {path.stem for path in Path("/usr/share").glob("tesseract-ocr/*/tessdata/*.traineddata")}
    return "+".join(language for language in ("fra", "eng") if language in known) or "eng"


def _work(source: Path, form: str, out: Path, folder: Path) -> None:
    command: list[str | Path] = [sys.executable, "-I", WORKERS / "text.py", source, form, out, *cage.user_arguments()]
    cage.run(command, folder=folder, limits=LIMITS, changes_user=True)
