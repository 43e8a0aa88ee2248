"""Which adapter this installation uses."""

from django.conf import settings

from plano.platform.scanner.base import Scanner
from plano.platform.scanner.clamd import Clamd

_other: Scanner | None = None


def scanner() -> Scanner | None:
    """The antivirus that the configuration names; None when it names none."""
    if _other is not None:
        return _other
    url: str | None = settings.PLANO.clamd_url
    return Clamd(url) if url else None


def use(other: Scanner | None) -> None:
    """Another one, for tests; None goes back to the configuration."""
    global _other
    _other = other
