"""Where an answer lands: each room says it for its own things; `config` plugs them in."""

from collections.abc import Callable
from uuid import UUID

from plano.accounts.models import User
from plano.notifications.models import Notification

Land = Callable[[User, Notification, UUID, str], None]
"""Who answers, what they were told, the identifier of what is made (the same mail gives the same one), their words."""
_lands: dict[str, Land] = {}


def register(link_kind: str, land: Land) -> None:
    _lands[link_kind] = land


def landing(link_kind: str) -> Land | None:
    return _lands.get(link_kind)
