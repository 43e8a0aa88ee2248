"""Addresses that help two sides find each other. Credentials are made per person and live ten minutes (R-96)."""

import base64
import hashlib
import hmac
import time
from uuid import UUID

from django.conf import settings

from plano.meetings.schemas import IceServerOut

SECONDS = 600


def servers_for(user_id: UUID) -> list[IceServerOut]:
    """The TURN relay of the configuration, which also answers STUN; none: direct ways only, nobody else is asked."""
    url: str | None = settings.PLANO.turn_url
    secret: str | None = settings.PLANO.turn_secret
    if not url or not secret:
        return []
    username = f"{int(time.time()) + SECONDS}:{user_id}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()  # the algorithm of the protocol
    relay = IceServerOut(urls=[url], username=username, credential=base64.b64encode(digest).decode())
    if url.startswith("turn:"):
        return [IceServerOut(urls=["stun:" + url.removeprefix("turn:").partition("?")[0]]), relay]
    return [relay]
