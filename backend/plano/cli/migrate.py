"""Bring the database to this release. Safe to run again, and on several nodes at once."""

from __future__ import annotations

import argparse

from plano.cli import context


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="print nothing when all is well")


def run(options: argparse.Namespace) -> int:
    with context.database():
        context.migrate(quiet=options.quiet)
    return 0
