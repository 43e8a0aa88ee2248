"""Office files as PDF, by LibreOffice without a screen, each time with a new profile: no macro, no link is followed."""

import shutil
import sys
from pathlib import Path

from plano.platform.converters import cage
from plano.platform.converters.base import Made, Reason, Refused
from plano.platform.converters.pictures import WORKERS

LIMITS = cage.Limits(seconds=90, cpu=80, memory=3072 * cage.MEBI, file_size=512 * cage.MEBI)


def office() -> str | None:
    """Where LibreOffice is installed."""
    return shutil.which("soffice", path="/usr/local/bin:/usr/bin:/bin")


def to_pdf(source: Path, *, folder: Path) -> Made:
    """The whole document; its extension tells LibreOffice which of its rooms opens it."""
    program = office()
    if program is None:
        raise Refused(Reason.UNAVAILABLE)
    out = folder / "out"
    cage.run(
        [sys.executable, "-I", WORKERS / "office.py", source, out, program, *cage.user_arguments()],
        folder=folder,
        limits=LIMITS,
        changes_user=True,
    )
    made = out / f"{source.stem}.pdf"
    if not made.exists() or made.stat().st_size == 0:
        raise Refused(Reason.DAMAGED)
    return Made(made, "application/pdf")
