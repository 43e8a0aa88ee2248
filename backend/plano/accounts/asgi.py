"""Who asks, for the handlers beside Django: the socket, uploads, downloads. Synchronous: run it in a thread."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from plano.accounts import access_tokens, options, scopes, sessions
from plano.accounts.models import User
from plano.kernel.asgi import cookies_of, headers_of
from plano.kernel.errors import Forbidden, Unauthenticated

__all__ = ["Caller", "caller_by_cookies", "caller_of", "cookies_of", "headers_of", "living_sessions"]
SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class Caller:
    """A person, the session or the token that says so, and when it ends at the latest."""

    user: User
    session_id: UUID
    expires_at: datetime

    def lives(self) -> bool:
        """Whether the session goes on: asked again while bytes flow (R-07)."""
        return bool(_living([self.session_id]))


def caller_by_cookies(cookies: Mapping[str, str]) -> Caller | None:
    """The live session of these cookies, or None."""
    close_old_connections()
    session = sessions.live_session(cookies.get(options.cookie_name("plano_session")))
    if session is None or session.user is None:
        return None
    sessions.touch(session)
    return Caller(session.user, session.id, sessions.absolute_end(session, session.user))


def caller_of(scope: Mapping[str, Any]) -> Caller:
    """The caller of a plain ASGI HTTP request, with the same checks as Django's faces make (R-62).

    Raises Unauthenticated, or Forbidden for a change from another origin or without its CSRF token.
    """
    headers = headers_of(scope)
    secret = access_tokens.secret_in(headers)
    if secret is not None:
        return _caller_by_token(scope, secret)
    cookies = cookies_of(headers)
    if scope["method"] not in SAFE:
        require_same_origin(headers)
        sent, kept = headers.get("x-csrf-token", ""), cookies.get(settings.CSRF_COOKIE_NAME, "")
        if not kept or not hmac.compare_digest(sent, kept):
            raise Forbidden("csrf_failed")
    caller = caller_by_cookies(cookies)
    if caller is None:
        raise Unauthenticated
    return caller


def _caller_by_token(scope: Mapping[str, Any], secret: str) -> Caller:
    """A program, within its scopes: the route's policy is in the scope."""
    close_old_connections()
    token = access_tokens.living(secret)
    if token is None:
        raise Unauthenticated
    access_tokens.require(
        token, feature="", policy=scope.get("plano.policy", ""), method=scope["method"], path=scope["path"]
    )
    return Caller(token.user, token.id, token.expires_at)


def listener_by_token(headers: Mapping[str, str]) -> tuple[Caller, tuple[str, ...]] | None:
    """Who listens to the stream by a token, and the kinds of frames that its scopes let through."""
    secret = access_tokens.secret_in(headers)
    if secret is None:
        return None
    close_old_connections()
    token = access_tokens.living(secret)
    if token is None:
        raise Unauthenticated
    return Caller(token.user, token.id, token.expires_at), scopes.kinds_of(token.scopes)


def require_same_origin(headers: Mapping[str, str]) -> None:
    """A change comes from our pages, or from a program that no browser sends for somebody else."""
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site", "same-origin")
    if (origin is not None and origin not in settings.ORIGINS) or site not in ("same-origin", "none"):
        raise Forbidden("foreign_origin")


def living_sessions(ids: Iterable[str]) -> set[str]:
    """Which of these ids of sessions and tokens are still live."""
    close_old_connections()
    return {str(found) for found in _living([UUID(value) for value in ids])}


def _living(ids: list[UUID]) -> set[UUID]:
    """Tokens are looked for only among what is no live session: browsers cost one question."""
    found = sessions.live_ids(ids)
    return found | access_tokens.living_ids(id for id in ids if id not in found)
