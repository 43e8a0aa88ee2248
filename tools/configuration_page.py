"""Print docs/configuration.md, made from the typed table of options."""

from __future__ import annotations

from plano.config.environment import options

HEAD = """# Configuration

Made from `backend/plano/config/environment.py` by `make docs`; do not edit.

Plano reads environment variables only. An unknown or wrong `PLANO_` variable stops the start with a sentence that
names it. A secret may also be given in a file: `PLANO_SECRET_KEY_FILE=/run/secrets/plano`.
Sizes are written `500M` or `10G`, durations `30m`, `2h` or `7d`. `plano check` verifies all of it.

| Variable | Kind | Default | Meaning |
| --- | --- | --- | --- |
"""


def page() -> str:
    lines = []
    for _, name, line in options():
        kind = f"{line.kind}, secret" if line.secret else line.kind
        lines.append(f"| `{name}` | {kind} | {line.default_text} | {line.help} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
