"""Whether this environment holds exactly the locked versions. Exit code 0 or 1."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

try:
    from packaging.markers import Marker
except ImportError:  # a new environment has nothing yet
    sys.exit(1)

LINE = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")


def missing(lock: Path) -> list[str]:
    found = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = LINE.match(line)
        if match is None or (match[3] and not Marker(match[3]).evaluate()):
            continue
        try:
            if metadata.version(match[1]) == match[2]:
                continue
        except metadata.PackageNotFoundError:
            pass
        found.append(match[1])
    return found


if __name__ == "__main__":
    sys.exit(1 if missing(Path(sys.argv[1])) else 0)
