"""A tree of files as people and machines really make them: every name is legal here, none is easy."""

import hashlib
import random
import unicodedata
from pathlib import Path

HARD = [
    "Réunion du 3 mai – compte rendu.odt", "l’été à l'hôtel.txt", "100 % sûr.md", "a+b=c.txt", "#1 & #2; suite.txt",
    "quoi?.txt", "[brouillon] {v2}.txt", "~sauvegarde.txt", "$PATH.txt", "`id`.txt", "$(touch x).txt", "%2e%2e%2f.txt",
    "%00.txt", "a%20b.txt", "deux  espaces.txt", "espace\u00a0insécable.txt", "人事.txt", "🙂 équipe.txt",
    "naïve_ﬁn.txt", "<b>gras<b>.txt", "guillemet\".txt", "apostrophe'.txt", "dièse#ancre?q=1&r=2.txt", "@tous.txt",
    ".cache", "..deux points.txt", "CON.txt", "aux", "a:b.txt", "a|b.txt", "a*b.txt", "virgule, point.txt",
    "-rf.txt", "--help", "été" * 40 + ".txt", "x" * 251 + ".txt", "İstanbul.txt", "ß.txt", "sans extension",
]  # fmt: skip


def grow(root: Path, *, files: int, seed: int = 7) -> int:
    """`files` files in folders, some empty, some large enough to come in pieces; the bytes of all of them."""
    chance = random.Random(seed)
    folders = [root, *(root / name for name in ("Dossier 1", "été", "profond", "#dièse %41", "vide"))]
    for level in range(12):
        folders.append(folders[3 if level == 0 else -1] / f"niveau {level + 1}")
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    places = [folder for folder in folders if folder.name != "vide"]
    total = 0
    for number in range(files):
        name = HARD[number] if number < len(HARD) else f"pièce n° {number}.{chance.choice(['txt', 'bin', 'csv'])}"
        size = 0 if number % 97 == 0 else 700_000 if number % 400 == 1 else chance.randrange(1, 3000)
        content = chance.randbytes(size)
        target = places[0 if number < len(HARD) else number % len(places)] / unicodedata.normalize("NFC", name)
        target.write_bytes(content)
        total += size
    return total


def digest(root: Path) -> dict[str, str]:
    """Every file by its path, every empty folder; two trees are the same when these are equal."""
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*")):
        key = unicodedata.normalize("NFC", str(path.relative_to(root)))
        found[key] = "folder" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
    return found
