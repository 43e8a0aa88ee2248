"""What the rooms do when an account is disabled. `config` plugs them in, nothing looks up."""

from collections.abc import Callable

from plano.accounts.models import User
from plano.platform.live import Emit

Disabled = Callable[[User, Emit], None]

_disabled: list[Disabled] = []


def at_disabled(hook: Disabled) -> None:
    """Run inside the unit of work that disables an account."""
    if hook not in _disabled:
        _disabled.append(hook)


def disabled(person: User, emit: Emit) -> None:
    for hook in _disabled:
        hook(person, emit)
