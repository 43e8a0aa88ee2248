"""Child process: a picture on standard input, a small square WebP on standard output. Imports nothing of Plano."""

import io
import resource
import sys
import warnings

SIDE = 256
MAX_PIXELS = 50_000_000
MEMORY = 1 << 30
SECONDS = 10
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def limit() -> None:
    """Memory, processor time, no new files."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Exit code 1 for everything that is not a sound picture."""
    from PIL import Image, ImageOps

    Image.init()
    limit()
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS or min(picture.size) < 1:
                return 1
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
        square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        square.save(out, "WEBP", quality=85)
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes, the answer is the same
        return 1
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
