"""The first page of a PDF in, WebP out: `page.py FILE {path: side, …} [UID GID]`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plano.platform.converters.workers import common
else:
    sys.path.insert(0, str(Path(__file__).parent))
    import common


def main() -> None:
    import pypdfium2
    from PIL import Image

    Image.init()
    wanted = json.loads(sys.argv[2])
    common.leave_user(sys.argv[3:])
    try:
        document = pypdfium2.PdfDocument(sys.argv[1])
    except pypdfium2.PdfiumError as error:
        raise common.Stop(common.PASSWORD if "password" in str(error).lower() else common.DAMAGED) from error
    page = document[0]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise common.Stop(common.DAMAGED)
    common.save(page.render(scale=max(wanted.values()) / max(width, height)).to_pil().convert("RGB"), wanted)


if __name__ == "__main__":
    common.run(main)
