"""What the workers share: leaving our user, exit codes, WebP."""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

DAMAGED, PASSWORD, TOO_LARGE = 10, 11, 12
MAX_PIXELS = 50_000_000


class Stop(Exception):
    """Ends with this exit code."""


def leave_user(uid_and_gid: list[str]) -> None:
    """Root no longer, once the libraries are loaded: the checkout may lie where nobody else may read."""
    if uid_and_gid:
        uid, gid = map(int, uid_and_gid)
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)


def save(image: Any, wanted: dict[str, int]) -> None:
    """Each size as WebP, nothing but pixels; the sizes are told on the output."""
    from PIL import Image

    sizes = {}
    for path, side in sorted(wanted.items(), key=lambda one: -one[1]):
        image.thumbnail((side, side), Image.Resampling.LANCZOS)  # never larger than it is
        image.save(path, "WEBP", quality=82, method=3)
        sizes[path] = image.size
    tell(sizes)


def tell(answer: object) -> None:
    """A worker is a program of its own: what it made is told to ours on the output."""
    print(json.dumps(answer))  # noqa: T201


def run(main: Callable[[], None]) -> None:
    """Whatever a hostile file provokes ends in one of four codes."""
    try:
        main()
    except Stop as stop:
        sys.exit(stop.args[0])
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception:  # noqa: BLE001 - a broken file breaks a library in many ways
        sys.exit(DAMAGED)
