#!/usr/bin/env python3
"""Every requirement that is named is locked with its hashes, and nothing locked tells of a machine or an index."""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "backend" / "requirements"
TOLD = re.compile(r"/(work|root|tmp/[a-z])/|https?://[^ ]*(pypi|registry)")


def name_of(line: str) -> str:
    """The normalised name of a requirement (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]).lower()


def main() -> int:
    """One line for each flaw."""
    flaws = []
    for source in FOLDER.glob("*.in"):
        lock = source.with_suffix(".txt").read_text(encoding="utf-8")
        locked = {name_of(line) for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))}
        wanted = [line.strip() for line in source.read_text(encoding="utf-8").splitlines()]
        names = [name_of(line) for line in wanted if line and line[0] not in "#-"]
        flaws += [f"{source.name}: {name} is not locked (make lock)" for name in names if name not in locked]
        flaws += [f"{source.name}: {told.group()} in the lock" for told in [TOLD.search(lock)] if told]
    print("\n".join(flaws))
    return bool(flaws)


if __name__ == "__main__":
    sys.exit(main())
