"""Who asks: HTTP Basic with an application password and nothing else (R-50, R-51)."""

import base64
import binascii
import hashlib
import time
from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.http.request import split_domain_port, validate_host

from plano.accounts import actions, options, queries
from plano.accounts.addresses import client_address, network_of
from plano.accounts.models import User
from plano.kernel.errors import Forbidden, Invalid, Unauthenticated

REMEMBERED = 2.0  # a program sends hundreds of requests a second; revocation holds within 5 s
MOST = 1000
CHALLENGE = (b"www-authenticate", b'Basic realm="Plano", charset="UTF-8"')


_known: "OrderedDict[bytes, tuple[float, DavCaller]]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class DavCaller:
    """A person, by one of their application passwords."""

    user: User
    password_id: UUID
    can_write: bool

    def lives(self) -> bool:
        """Whether the password still opens files: asked again while bytes flow (R-07, R-42)."""
        return queries.opens_files(self.password_id)

    def require_write(self) -> None:
        """A password for reading only changes nothing, whatever its owner may do elsewhere."""
        if not self.can_write:
            raise Forbidden("password_reads_only")


def caller(scope: MutableMapping[str, Any], headers: dict[str, str]) -> DavCaller:
    """In a thread. Raises Unauthenticated, TooMany after many tries, or Invalid for an unknown host."""
    close_old_connections()
    host, _ = split_domain_port(headers.get("host", ""))
    if not host or not validate_host(host, settings.ALLOWED_HOSTS):
        raise Invalid("invalid_host")
    network = network_of(address_of(scope, headers))
    given = hashlib.sha256(f"{network} {headers.get('authorization', '')}".encode()).digest()
    at = time.monotonic()
    known = _known.get(given)
    if known is not None and at - known[0] < REMEMBERED:
        return known[1]
    identifier, password = _basic(headers.get("authorization", ""))
    access = actions.authenticate_dav(identifier=identifier, password=password, network=network)
    if not access.files:
        raise Forbidden("password_not_for_files")
    found = DavCaller(access.user, access.password_id, access.can_write)
    _known[given] = (at, found)
    while len(_known) > MOST:
        _known.popitem(last=False)
    return found


def forget_all() -> None:
    """Ask again at once, whoever comes."""
    _known.clear()


def address_of(scope: MutableMapping[str, Any], headers: dict[str, str]) -> str:
    """The client's address; only declared proxies are believed (R-26)."""
    peer = (scope.get("client") or ("", 0))[0]
    forwarded = headers.get("x-forwarded-for", "")
    return client_address(peer=peer, forwarded_for=forwarded, proxies=options.trusted_proxies())


def _basic(header: str) -> tuple[str, str]:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        raise Unauthenticated
    try:
        identifier, colon, password = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Unauthenticated("wrong_credentials") from None
    if not colon or not identifier or not password or len(password) > 200 or len(identifier) > 320:
        raise Unauthenticated("wrong_credentials")
    return identifier, password
