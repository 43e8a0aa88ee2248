"""What the JSON faces of all features share: who asks, under which policy, and which identifier a creation has."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest

from plano.kernel.errors import Invalid, Unauthenticated
from plano.kernel.ids import derived_id, uuid7

if TYPE_CHECKING:
    from plano.accounts.models import User


def policy(name: str) -> dict[str, Any]:
    """Declares the rule that a route obeys (R-01). A route without one fails the build."""
    return {"x-policy": name}


def actor(request: HttpRequest) -> "User":
    """The person who asks. Routes that are not public always have one."""
    if not request.user.is_authenticated:
        raise Unauthenticated
    return request.user


def creation_id(request: HttpRequest, payload_id: UUID | None = None) -> UUID:
    """The identifier of the thing that this POST creates (R-131).

    The body's `id` wins; else a UUID in `Idempotency-Key`; else any other key gives one derived from the person,
    the path and the key, so that a retry names the same thing; without a key it is new.
    """
    if payload_id is not None:
        return payload_id
    key: str = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if not key:
        return uuid7()
    if len(key) > 255:
        raise Invalid("invalid_idempotency_key")
    try:
        return UUID(key)
    except ValueError:
        return derived_id(str(request.user.pk), request.path, key)


def if_match(request: HttpRequest) -> int | None:
    """The version that the caller believes current (RFC 9110, If-Match), or None when it says nothing or `*`."""
    header: str = request.META.get("HTTP_IF_MATCH", "").strip()
    if not header or header == "*":
        return None
    value = header.removeprefix("W/").strip('"')
    if not value.isdigit():
        raise Invalid("invalid_if_match")
    return int(value)


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'
