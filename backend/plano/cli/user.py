"""Create, list, disable an account, or reset a password.

A password is read from the terminal or from standard input, never from an argument; --generate makes one and
prints it once.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from plano.cli import context
from plano.cli.errors import CommandError

if TYPE_CHECKING:
    from plano.accounts.models import User


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="create|list|disable|enable|reset-password")
    create = acts.add_parser("create", help="make an account")
    create.add_argument("identifier", help="what the person types to sign in")
    create.add_argument("--name", help="first and last name (the identifier)")
    create.add_argument("--email", help="address for mails")
    create.add_argument("--admin", action="store_true", help="platform administrator")
    create.add_argument("--generate", action="store_true", help="generate the password and print it once")
    listing = acts.add_parser("list", help="list accounts")
    listing.add_argument("--disabled", action="store_true", help="only the disabled ones")
    for act, text in (("disable", "close an account at once"), ("enable", "open it again")):
        acts.add_parser(act, help=text).add_argument("identifier")
    reset = acts.add_parser("reset-password", help="set a new password and end every session")
    reset.add_argument("identifier")
    reset.add_argument("--generate", action="store_true", help="generate the password and print it once")


def run(options: argparse.Namespace) -> int:
    with context.database():
        context.migrate(quiet=True)
        from plano.kernel.errors import DomainError

        try:
            ACTS[options.act](options)
        except DomainError as error:
            raise CommandError(_sentence(error)) from None
    return 0


def _create(options: argparse.Namespace) -> None:
    from plano.accounts import actions
    from plano.accounts.passwords import generate

    password = generate() if options.generate else _ask_password()
    user = actions.create_user(
        actor=None,
        identifier=options.identifier,
        name=options.name or options.identifier,
        email=options.email,
        password=password,
        is_admin=options.admin,
    )
    print(f"{user.identifier} can sign in{_shown(options, password)}")


def _list(options: argparse.Namespace) -> None:
    from plano.accounts.models import User

    for user in User.objects.filter(is_active=not options.disabled, is_robot=False).order_by("identifier"):
        print("\t".join([user.identifier, user.name, user.email or "-", "admin" if user.is_admin else "person"]))


def _disable(options: argparse.Namespace) -> None:
    from plano.accounts import actions

    actions.disable_user(actor=None, user=_existing(options.identifier))
    print(f"{options.identifier} can no longer sign in.")


def _enable(options: argparse.Namespace) -> None:
    from plano.accounts import actions

    actions.enable_user(actor=None, user=_existing(options.identifier))
    print(f"{options.identifier} can sign in again.")


def _reset(options: argparse.Namespace) -> None:
    from plano.accounts import actions

    user = _existing(options.identifier)
    password = actions.reset_password(actor=None, user=user, password=None if options.generate else _ask_password())
    print(f"{user.identifier} has a new password and no open session{_shown(options, password)}")


ACTS = {"create": _create, "list": _list, "disable": _disable, "enable": _enable, "reset-password": _reset}


def _existing(identifier: str) -> User:
    from plano.accounts.models import User
    from plano.kernel.text import folded

    user = User.objects.filter(identifier=folded(identifier), is_robot=False).first()
    if user is None:
        raise CommandError(f"There is no account {identifier!r}; `plano user list` shows them.")
    return user


def _ask_password() -> str:
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Again: "):
            raise CommandError("The two passwords differ; nothing was changed.")
    if not password:
        raise CommandError("No password was given; type one, or use --generate.")
    return password


def _shown(options: argparse.Namespace, password: str) -> str:
    return f" with the password {password}" if options.generate else "."


def _sentence(error: Exception) -> str:
    """A refusal in words: its stable code and the fields at fault."""
    code = str(getattr(error, "code", "refused")).replace("_", " ")
    fields = getattr(error, "errors", None) or {}
    details = "; ".join(f"{name}: {str(reason).replace('_', ' ')}" for name, reason in fields.items())
    return f"Refused ({code}){': ' + details if details else ''}."
