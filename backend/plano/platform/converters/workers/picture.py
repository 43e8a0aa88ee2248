"""A picture in, smaller WebP out: `picture.py FILE {path: side, …} [UID GID]`."""

import json
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pillow_heif
from PIL import Image, ImageOps

if TYPE_CHECKING:
    from plano.platform.converters.workers import common
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")


@contextmanager
def opened(path: str, user: list[str]) -> Iterator[Any]:
    """A picture that is not decoded yet, as the user who may do nothing else."""
    Image.init()
    pillow_heif.register_heif_opener(thumbnails=False)
    common.leave_user(user)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # ours is asked before a pixel is decoded
    with Image.open(path, formats=FORMATS) as image:
        if image.width * image.height > common.MAX_PIXELS:
            raise common.Stop(common.TOO_LARGE)
        yield image


def upright(image: Any) -> Any:
    """Its pixels as its camera was held, with their transparency."""
    image.load()
    transparent = "A" in image.getbands() or "transparency" in image.info
    return ImageOps.exif_transpose(image).convert("RGBA" if transparent else "RGB")


def main() -> None:
    wanted = json.loads(sys.argv[2])
    largest = max(wanted.values())
    with opened(sys.argv[1], sys.argv[3:]) as image:
        image.draft("RGB", (largest, largest))
        made = upright(image)
    made.info.clear()
    common.save(made, wanted)


if __name__ == "__main__":
    common.run(main)
