"""Pictures and first pages as WebP, without metadata: by Pillow and pdfium, in children of ours."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plano.platform.converters import cage
from plano.platform.converters.base import Made

WORKERS = Path(__file__).parent / "workers"
LIMITS = cage.Limits(seconds=30, cpu=20, memory=1536 * cage.MEBI, file_size=64 * cage.MEBI)


def picture(source: Path, *, folder: Path, sides: Mapping[str, int]) -> dict[str, Made]:
    """The picture, upright, within squares of these sides. At most 50 million pixels."""
    return _small("picture.py", source, folder, sides)


def first_page(source: Path, *, folder: Path, sides: Mapping[str, int]) -> dict[str, Made]:
    """The first page of a PDF."""
    return _small("page.py", source, folder, sides)


def bare(source: Path, *, folder: Path) -> Made:
    """The picture at its own size, upright, as JPEG or PNG, with nothing but its pixels."""
    path, width, height = _told("bare.py", source, folder / "bare", folder=folder)
    return Made(Path(path), "image/png" if path.endswith(".png") else "image/jpeg", width, height)


def _small(worker: str, source: Path, folder: Path, sides: Mapping[str, int]) -> dict[str, Made]:
    wanted = json.dumps({str(folder / f"{name}.webp"): side for name, side in sides.items()})
    sizes = _told(worker, source, wanted, folder=folder)
    return {name: Made(folder / f"{name}.webp", "image/webp", *sizes[str(folder / f"{name}.webp")]) for name in sides}


def _told(worker: str, source: Path, wanted: str | Path, *, folder: Path) -> Any:
    command = [sys.executable, "-I", WORKERS / worker, source, wanted, *cage.user_arguments()]
    return json.loads(cage.run(command, folder=folder, limits=LIMITS, changes_user=True))
