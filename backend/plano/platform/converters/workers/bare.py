"""A picture in, the same picture with nothing but its pixels out: `bare.py FILE OUT [UID GID]`; OUT.png or OUT.jpg.

Upright, in sRGB, at its own size. What has transparency, or was lossless, is PNG.
"""

import io
import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plano.platform.converters.workers import common
    from plano.platform.converters.workers.picture import FORMATS
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common
    from picture import FORMATS

LOSSLESS = ("PNG", "GIF", "BMP", "TIFF")


def main() -> None:
    import pillow_heif
    from PIL import Image, ImageOps

    Image.init()
    pillow_heif.register_heif_opener(thumbnails=False)
    common.leave_user(sys.argv[3:])
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # ours is asked before a pixel is decoded
    with Image.open(sys.argv[1], formats=FORMATS) as image:
        if image.width * image.height > common.MAX_PIXELS:
            raise common.Stop(common.TOO_LARGE)
        image.load()
        transparent = "A" in image.getbands() or "transparency" in image.info
        png = transparent or image.format in LOSSLESS
        profile = image.info.get("icc_profile")
        upright = _in_srgb(ImageOps.exif_transpose(image).convert("RGBA" if transparent else "RGB"), profile)
    upright.info.clear()
    out = f"{sys.argv[2]}.{'png' if png else 'jpg'}"
    if png:
        upright.save(out, "PNG")
    else:
        upright.save(out, "JPEG", quality=95, subsampling=0)
    print(json.dumps([out, *upright.size]))  # noqa: T201


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    """A profile names a device: its colours are kept, it is not."""
    from PIL import ImageCms

    if profile is None:
        return image
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


if __name__ == "__main__":
    common.run(main)
