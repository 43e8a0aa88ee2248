"""Known devices: a signed cookie that says which accounts signed in here before. It proves nothing by itself (R-25)."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core import signing

COOKIE = "plano_device"
LIFETIME_SECONDS = 365 * 24 * 3600
MAX_ACCOUNTS = 5
_SALT = "plano.accounts.device"


@dataclass(frozen=True)
class Device:
    """A browser: its random name and the accounts it has seen, the latest first."""

    name: str
    accounts: tuple[str, ...]

    def knows(self, user_id: UUID) -> bool:
        return str(user_id) in self.accounts

    def with_account(self, user_id: UUID) -> "Device":
        others = tuple(a for a in self.accounts if a != str(user_id))
        return Device(self.name, (str(user_id), *others)[:MAX_ACCOUNTS])


def read(cookie: str | None) -> Device:
    """The device of this cookie; a new one when it is absent, forged or too old."""
    try:
        name, accounts = signing.loads(cookie or "", salt=_SALT, max_age=LIFETIME_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return Device(secrets.token_urlsafe(12), ())
    return Device(str(name), tuple(map(str, accounts)))


def write(device: Device) -> str:
    """The cookie of a device."""
    return signing.dumps([device.name, list(device.accounts)], salt=_SALT)


_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def label(user_agent: str) -> str:
    """« Firefox, Windows »: enough to recognise one's own browser, no more."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
