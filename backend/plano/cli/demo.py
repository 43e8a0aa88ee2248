"""Fill an empty installation with the demonstration: two workspaces, five accounts, real content.

Passwords are generated, printed once and kept in PLANO_DATA/demo-accounts.json (mode 600). Running it
again adds nothing. On an address that is not this machine it needs --yes.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from plano.cli import context
from plano.cli.errors import CommandError
from plano.config import environment

ACCOUNTS_FILE = "demo-accounts.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="also on an address that other machines reach")
    parser.add_argument("--quiet", action="store_true", help="do not print the accounts")


def run(options: argparse.Namespace) -> int:
    if options.yes:
        os.environ["PLANO_DEMO"] = "1"
    with context.database():
        settings = environment.load()
        if not settings.is_loopback and not settings.demo:
            raise CommandError(
                f"The demonstration is not seeded on {settings.base_url}, which others reach; "
                "`plano demo --yes` does it all the same."
            )
        context.migrate(quiet=True)
        from plano.config.demo import seed

        fresh = not (settings.data / ACCOUNTS_FILE).exists()
        seed()
        if options.quiet:
            return 0
        if fresh:
            print(accounts_text(settings.data))
        else:
            print(f"The demonstration is there already; its passwords are in {settings.data / ACCOUNTS_FILE}.")
    return 0


def accounts_text(data: Path) -> str:
    """The accounts as a small table, for the terminal."""
    accounts = json.loads((data / ACCOUNTS_FILE).read_text(encoding="utf-8"))
    lines = [f"  {name:<8} {account['password']}" for name, account in accounts.items()]
    return "\n".join(["Demonstration accounts (kept in demo-accounts.json):", *lines])
