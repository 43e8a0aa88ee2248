"""What the JSON faces of all features share: who asks, under which policy, and which identifier a creation has."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from ninja.decorators import decorate_view
from pydantic import ValidationError

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


def _straight(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    operation: Any = run.__self__  # type: ignore[attr-defined]
    view, schema = operation.view_func, operation.view_func.__annotations__.get("payload")

    def answered(request: HttpRequest, **path: str) -> HttpResponseBase:
        if not request.user.is_authenticated or request.META["QUERY_STRING"]:
            return run(request, **path)
        try:
            given = {} if schema is None else {"payload": schema.model_validate_json(request.body)}
        except ValidationError:
            return run(request, **path)
        try:
            ids = {name: UUID(value) for name, value in path.items()}
            answer: HttpResponseBase = view(request, **ids, **given)
        except Exception as error:  # noqa: BLE001 - Ninja's own handlers know what it means
            answer = operation.api.on_exception(request, error)
        return answer

    return answered


straight = decorate_view(_straight)
"""For the hottest routes, with UUIDs in the path, a `payload` or none, and answers that are bytes already.

A request without query whose body is as it should be goes straight to the view. Whatever else comes is Ninja's, so that
every refusal is worded in one way."""
