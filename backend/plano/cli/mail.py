"""Take an answer by mail: `plano mail receive` reads one mail on standard input, for a mail server's pipe.

Exit codes are those of sysexits.h, which mail servers understand: 67 no such address, 77 wrong sender, 65 no mail,
75 try again later.
"""

from __future__ import annotations

import argparse
import sys

from plano.cli import context
from plano.cli.errors import CommandError

DATA, NO_USER, TEMPORARY, NOT_ALLOWED = 65, 67, 75, 77


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="receive")
    receive = acts.add_parser("receive", help="publish the answer that stands on standard input")
    receive.add_argument(
        "--to", action="append", default=None, help="address of the envelope; without, those that the mail names"
    )


def run(options: argparse.Namespace) -> int:
    try:
        with context.database():
            return _receive(options.to)
    except CommandError as error:
        print(f"plano: {error}", file=sys.stderr)
        return TEMPORARY


def _receive(to: list[str] | None) -> int:
    from plano.notifications import answers

    outcome = answers.receive(sys.stdin.buffer.read(answers.MAX_BYTES + 1), to)
    codes = {
        answers.Outcome.NO_SUCH_ADDRESS: (NO_USER, "no such address, or it is over"),
        answers.Outcome.WRONG_SENDER: (NOT_ALLOWED, "answer from the address of the account"),
        answers.Outcome.TOO_LARGE: (DATA, "too large"),
        answers.Outcome.NO_MAIL: (DATA, "not a mail"),
        answers.Outcome.LATER: (TEMPORARY, "try again later"),
    }
    code, sentence = codes.get(outcome, (0, ""))
    if sentence:
        print(f"plano: {sentence}", file=sys.stderr)
    return code
