"""What the configuration says about accounts. The only file here that reads settings."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

RECENT_PROOF = timedelta(minutes=10)
RESET_LIFETIME = timedelta(hours=1)
SETUP_LIFETIME = timedelta(hours=24)
TOUCH_EVERY = timedelta(minutes=1)
ADMIN_MIN_LENGTH = 20


@dataclass(frozen=True)
class Lifetimes:
    """How long a session lives without activity, and in any case (R-41)."""

    idle: timedelta
    absolute: timedelta


def lifetimes(*, is_admin: bool) -> Lifetimes:
    """Administrators' sessions are shorter."""
    env = settings.PLANO
    if is_admin:
        return Lifetimes(env.admin_session_idle, env.admin_session_absolute)
    return Lifetimes(env.session_idle, env.session_absolute)


def password_min_length(*, is_admin: bool) -> int:
    """R-20: longer for administrators as long as no hardware key protects them."""
    shortest: int = settings.PLANO.password_min_length
    return max(shortest, ADMIN_MIN_LENGTH) if is_admin else shortest


def trusted_proxies() -> int:
    """How many reverse proxies stand in front (R-26)."""
    count: int = settings.PLANO.trusted_proxies
    return count


def base_url() -> str:
    """The address that people type; links in mails begin with it, whatever a request says (R-29)."""
    address: str = settings.PLANO.base_url
    return address.rstrip("/")


def is_https() -> bool:
    """Whether cookies are `Secure` and carry the `__Host-` prefix (R-44)."""
    return base_url().startswith("https://")


def cookie_name(name: str) -> str:
    """`plano_session`, or `__Host-plano_session` under https."""
    return f"__Host-{name}" if is_https() else name
