"""A picture in, smaller WebP out: `picture.py FILE {path: side, …} [UID GID]`."""

import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plano.platform.converters.workers import common
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")


def main() -> None:
    import pillow_heif
    from PIL import Image, ImageOps

    Image.init()
    pillow_heif.register_heif_opener(thumbnails=False)
    wanted = json.loads(sys.argv[2])
    common.leave_user(sys.argv[3:])
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # ours is asked before a pixel is decoded
    largest = max(wanted.values())
    with Image.open(sys.argv[1], formats=FORMATS) as image:
        if image.width * image.height > common.MAX_PIXELS:
            raise common.Stop(common.TOO_LARGE)
        image.draft("RGB", (largest, largest))
        image.load()
        transparent = "A" in image.getbands() or "transparency" in image.info
        upright = ImageOps.exif_transpose(image).convert("RGBA" if transparent else "RGB")
    upright.info.clear()
    common.save(upright, wanted)


if __name__ == "__main__":
    common.run(main)
