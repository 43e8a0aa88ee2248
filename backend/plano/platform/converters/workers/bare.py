"""A picture in, the same picture with nothing but its pixels out: `bare.py FILE OUT [UID GID]`; OUT.png or OUT.jpg.

Upright, in sRGB, at its own size. What has transparency, or was lossless, is PNG.
"""

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import ImageCms

if TYPE_CHECKING:
    from plano.platform.converters.workers import common, picture
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common
    import picture

LOSSLESS = ("PNG", "GIF", "BMP", "TIFF")


def main() -> None:
    with picture.opened(sys.argv[1], sys.argv[3:]) as image:
        pixels = picture.upright(image)
        made = _in_srgb(pixels, image.info.get("icc_profile"))
        lossless = image.format in LOSSLESS
    made.info.clear()
    if lossless or made.mode == "RGBA":
        out = f"{sys.argv[2]}.png"
        made.save(out, "PNG")
    else:
        out = f"{sys.argv[2]}.jpg"
        made.save(out, "JPEG", quality=95, subsampling=0)
    common.tell([out, *made.size])


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    """A profile names a device: its colours are kept, it is not."""
    if profile is None:
        return image
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


if __name__ == "__main__":
    common.run(main)
