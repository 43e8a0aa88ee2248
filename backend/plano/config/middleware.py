"""Defences that every answer of Django's side carries (R-60…R-67)."""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation

from plano.accounts.asgi import SAFE, require_same_origin
from plano.config import errors
from plano.kernel.errors import DomainError

Handler = Callable[[HttpRequest], HttpResponseBase]
METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
PERMISSIONS = (
    "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), clipboard-write=(self), "
    "geolocation=(), payment=(), usb=(), midi=(), serial=(), browsing-topics=()"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
if settings.HTTPS:
    HEADERS["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


class RequestId:
    """A name for the request, in logs and answers, so that support can find it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response


class Headers:
    """Security headers on every answer; private answers are kept by nobody (R-61, R-66)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        response.setdefault("Cache-Control", "no-store")
        return response


class HostAndMethod:
    """An unknown Host is 400, a method that nobody uses is 405 (R-67)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return errors.problem(status=400, code="invalid")
        if request.method not in METHODS:
            return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(METHODS))})
        return self.get_response(request)


class SameOrigin:
    """A change comes from our pages (R-62)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE:
            try:
                require_same_origin({name.lower(): value for name, value in request.headers.items()})
            except DomainError as error:
                return errors.of(request, error)
        return self.get_response(request)


class Csrf(CsrfViewMiddleware):
    """Whoever has a session proves that the page is ours. Nobody is exempt: Ninja's own exemption is ignored."""

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        if not request.user.is_authenticated:
            return None  # nothing to abuse, a dead cookie neither; SameOrigin has looked at the sign-in already
        return super().process_view(request, _never_exempt, callback_args, callback_kwargs)


def _never_exempt() -> HttpResponseBase:
    raise AssertionError("only its attributes are looked at")


class Language:
    """The person's language, else the browser's, for what the server words."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        with translation.override(language):
            return self.get_response(request)
