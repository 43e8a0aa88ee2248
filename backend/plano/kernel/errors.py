"""Refusals that a caller can understand. Each has a stable `code`; the face chooses the words and the wire form."""

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """A rule said no. `code` is stable for programs; `errors` names the fields at fault."""

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "invalid"

    def __init__(
        self,
        code: str | None = None,
        *,
        errors: Mapping[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.code = code or self.default_code
        self.errors: dict[str, Any] = dict(errors or {})
        self.retry_after = retry_after
        super().__init__(self.code)


class Invalid(DomainError):
    """The request itself is wrong, whoever sends it."""


class Unauthenticated(DomainError):
    """Nobody is signed in, or the proof given is wrong."""

    status = 401
    default_code = "sign_in_required"


class Forbidden(DomainError):
    """The caller may know that the thing exists, and may not do this with it."""

    status = 403
    default_code = "forbidden"


class NotFound(DomainError):
    """Absent, or invisible to the caller: the answer is the same (R-03)."""

    status = 404
    default_code = "not_found"


class Conflict(DomainError):
    """The present state of the thing does not allow it."""

    status = 409
    default_code = "conflict"


class Gone(DomainError):
    """It existed, and its time is over (an expired link)."""

    status = 410
    default_code = "gone"


class PreconditionFailed(DomainError):
    """Somebody else changed the thing first (RFC 9110, If-Match)."""

    status = 412
    default_code = "changed_meanwhile"


class TooLarge(DomainError):
    """More bytes or items than the limit."""

    status = 413
    default_code = "too_large"


class TooMany(DomainError):
    """Too often; `retry_after` is in seconds."""

    status = 429
    default_code = "too_many_requests"


class Unavailable(DomainError):
    """A dependency is down; nothing was lost."""

    status = 503
    default_code = "unavailable"
