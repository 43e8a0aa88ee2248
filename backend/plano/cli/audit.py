"""Verify the security journal: every entry in its place, unchanged, none missing (R-123)."""

from __future__ import annotations

import argparse

from plano.cli import context
from plano.cli.errors import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify")
    acts.add_parser("verify", help="walk the whole chain and report the first break")


def run(options: argparse.Namespace) -> int:
    with context.database():
        context.migrate(quiet=True)
        from plano.platform.audit import journal

        verdict = journal.verify()
    if verdict.broken_at is not None:
        raise CommandError(
            f"The security journal is broken at entry {verdict.broken_at} ({verdict.reason}); "
            f"{verdict.checked} entries before it are sound. Keep a copy of the database and find out who had access."
        )
    print(f"The security journal is sound: {verdict.checked} entries.")
    return 0
