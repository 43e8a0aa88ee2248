"""Entry point of `plano`: finds the sub-command, turns every known failure into one sentence on stderr.

Exit codes: 0 done, 1 could not be done, 2 wrong argument or variable. Sub-commands are imported when called,
so that the supervisor stays small and `--help` is instant.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import NoReturn

from plano.cli.errors import CommandError
from plano.config.environment import ConfigurationError

COMMANDS = {
    "serve": "start Plano: database, media server, jobs and web server",
    "worker": "run the job worker alone, beside a server that uses the same database",
    "migrate": "bring the database to this release",
    "check": "check configuration and dependencies, and the SHA-256 of every file",
    "user": "create, list, disable an account, or reset a password",
    "demo": "fill an empty installation with the demonstration",
    "mail": "take an answer by mail from a mail server's pipe",
    "audit": "verify the security journal",
    "keys": "show, exchange or forget the keys of files; seal files that are in clear",
    "files": "move every file to another place: a folder or a bucket",
    "openapi": "print the OpenAPI document of the API",
}


class Parser(argparse.ArgumentParser):
    """argparse that answers a wrong argument in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` explains.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command and return its exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0 if argv else 2
    name = argv[0]
    if name not in COMMANDS:
        print(f"plano: there is no command {name!r}; `plano --help` lists them.", file=sys.stderr)
        return 2
    command = importlib.import_module(f"plano.cli.{name}")
    parser = Parser(prog=f"plano {name}", description=command.__doc__)
    command.add_arguments(parser)
    try:
        options = parser.parse_args(argv[1:])
        return int(command.run(options))
    except ConfigurationError as error:
        print(f"plano: {error}", file=sys.stderr)
        return 2
    except CommandError as error:
        print(f"plano: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()]
    return "\n".join(["usage: plano COMMAND [--help] [arguments]", "", *lines, "", "Variables: docs/configuration.md."])


if __name__ == "__main__":
    sys.exit(main())
