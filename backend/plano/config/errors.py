"""The wire form of refusals: RFC 9457 problem+json, a stable code, a title in the caller's language."""

import logging
from collections.abc import Callable
from typing import Any

import orjson
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from plano.kernel.errors import DomainError
from plano.kernel.words import title_of

log = logging.getLogger("plano.http")


def problem(
    *,
    status: int,
    code: str,
    errors: dict[str, Any] | None = None,
    retry_after: int | None = None,
    request_id: str = "",
) -> HttpResponse:
    """An `application/problem+json` answer."""
    body = {
        "type": f"about:blank#{code}",
        "title": title_of(code),
        "status": status,
        "code": code,
        "errors": errors or {},
        "request_id": request_id,
    }
    response = HttpResponse(orjson.dumps(body, default=str), status=status, content_type="application/problem+json")
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def of(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A domain refusal as an answer."""
    return problem(
        status=error.status,
        code=error.code,
        errors=error.errors,
        retry_after=error.retry_after,
        request_id=_request_id(request),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem(status=403, code="csrf_failed", request_id=_request_id(request))


def _fields(error: ValidationError) -> dict[str, str]:
    """`body.payload.title: missing` becomes `title: missing`."""
    found: dict[str, str] = {}
    for item in error.errors:
        path = [str(part) for part in item["loc"] if part not in ("body", "payload", "query", "path", "data")]
        found[".".join(path) or "body"] = str(item["type"])
    return found


def install(api: NinjaAPI) -> None:
    """Every way in which a JSON route can fail."""

    def handle(kind: type[Exception], answer: Callable[[HttpRequest, Any], HttpResponse]) -> None:
        api.add_exception_handler(kind, answer)

    def plain(status: int, code: str) -> Callable[[HttpRequest, Any], HttpResponse]:
        return lambda request, _error: problem(status=status, code=code, request_id=_request_id(request))

    def validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(status=400, code="invalid", errors=_fields(error), request_id=_request_id(request))

    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(status=error.status_code, code="invalid", request_id=_request_id(request))

    def database_gone(request: HttpRequest, error: DatabaseError) -> HttpResponse:
        log.error("database not reachable: %s", type(error).__name__)
        return unavailable(request)

    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("unexpected error", exc_info=error)
        return problem(status=500, code="server_error", request_id=_request_id(request))

    handle(DomainError, of)
    handle(ValidationError, validation)
    handle(Http404, plain(404, "not_found"))
    handle(AuthenticationError, plain(401, "sign_in_required"))
    handle(HttpError, http)
    handle(OperationalError, database_gone)
    handle(InterfaceError, database_gone)
    handle(Exception, unexpected)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is starting again or cannot be reached: nothing was written, and the next try may work (R-133)."""
    return problem(status=503, code="unavailable", retry_after=1, request_id=_request_id(request))


def _request_id(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
