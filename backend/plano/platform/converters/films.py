"""One frame of a film, by ffmpeg. Containers that name other files are not opened."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from plano.platform.converters import cage, pictures
from plano.platform.converters.base import Made, Reason, Refused

LIMITS = cage.Limits(seconds=40, cpu=30, memory=2048 * cage.MEBI, file_size=64 * cage.MEBI)
CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,avi,mpegts,flv"
TYPICAL = "thumbnail=30,scale='min(1280,iw)':-2"


def ffmpeg() -> str | None:
    """Where it is installed."""
    return shutil.which("ffmpeg", path="/usr/local/bin:/usr/bin:/bin")


def frame(source: Path, *, folder: Path, sides: Mapping[str, int]) -> dict[str, Made]:
    """A typical frame of the first second or so."""
    program = ffmpeg()
    if program is None:
        raise Refused(Reason.UNAVAILABLE)
    still = folder / "frame.png"
    reading = ("-protocol_whitelist", "file", "-format_whitelist", CONTAINERS, "-threads", "1", "-i", source)
    cage.run(
        [program, "-nostdin", "-v", "error", *reading, "-an", "-sn", "-vf", TYPICAL, "-frames:v", "1", "-y", still],
        folder=folder,
        limits=LIMITS,
    )
    if not still.exists():
        raise Refused(Reason.DAMAGED)
    return pictures.picture(still, folder=folder, sides=sides)
