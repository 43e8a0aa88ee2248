"""Defences that every answer of Django's side carries (R-60…R-67)."""

import secrets
from collections.abc import Callable
from functools import cache
from typing import Any

from csp.constants import HEADER as CONTENT_POLICY
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden
from django.http.response import ResponseHeaders
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django.utils.crypto import constant_time_compare

from plano.accounts import access_tokens
from plano.accounts.asgi import SAFE, require_same_origin
from plano.accounts.middleware import address_of
from plano.accounts.models import AccessToken
from plano.config import errors
from plano.kernel.errors import DomainError
from plano.platform.audit.context import origin

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
    "Cache-Control": "no-store",
    CONTENT_POLICY: build_policy(),  # pages with a nonce have their own, by `config.web.with_nonce`
}
if settings.HTTPS:
    HEADERS["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
_PREPARED: dict[str, tuple[str, str]] = ResponseHeaders(HEADERS)._store
_SENDER = {"origin": "HTTP_ORIGIN", "sec-fetch-site": "HTTP_SEC_FETCH_SITE"}


class Entrance:
    """Where a request comes in: its name in logs and answers, its origin for the journal, and what is refused unseen.

    An unknown Host is 400, a method that nobody uses is 405 (R-67), a change from another site is 403 (R-62). Every
    answer carries the security headers, and private ones are kept by nobody (R-61, R-66).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]
        with origin(network=address_of(request), request_id=request_id):
            response = _refused(request) or self.get_response(request)
        own = response.headers._store
        response.headers._store = {**_PREPARED, **own, "x-request-id": ("X-Request-Id", request_id)}
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    try:
        request.get_host()
    except DisallowedHost:
        return errors.problem(status=400, code="invalid")
    if request.method in SAFE:
        return None
    if request.method not in METHODS:
        return HttpResponse(status=405, headers={"Allow": ", ".join(sorted(METHODS))})
    try:
        require_same_origin({name: request.META[key] for name, key in _SENDER.items() if key in request.META})
    except DomainError as error:
        return errors.of(request, error)
    return None


class Csrf(CsrfViewMiddleware):
    """Whoever has a session proves that the page is ours. Nobody is exempt: Ninja's own exemption is ignored."""

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        if not request.user.is_authenticated or token_of(request) is not None:
            return None  # nothing to abuse, a dead cookie neither; Entrance has looked at the sign-in already
        sent, kept = request.META.get(settings.CSRF_HEADER_NAME), request.META.get("CSRF_COOKIE")
        if sent and kept and constant_time_compare(sent, kept) and self._has_seen_origin(request):
            return None  # what nearly all say; for the rest Django's own way, which costs three times as much
        return super().process_view(request, _never_exempt, callback_args, callback_kwargs)

    def _has_seen_origin(self, request: HttpRequest) -> bool:
        """Entrance lets foreign origins through to nothing; under https a request without one needs its Referer."""
        return "HTTP_ORIGIN" in request.META or not request.is_secure()


def _never_exempt() -> HttpResponseBase:
    raise AssertionError("only its attributes are looked at")


class Scopes:
    """What asks with an access token does what its scopes say, and nothing of what no scope names (P1)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponse | None:
        token = token_of(request)
        if token is None:
            return None
        route, method = request.resolver_match, request.method or ""
        feature, policy = policies_of_routes().get((route.route if route else "", method), ("", ""))
        path = request.path.removeprefix("/api/v1")
        try:
            access_tokens.require(token, feature=feature, policy=policy, method=method, path=path)
        except DomainError as error:
            return errors.of(request, error)
        return None


def token_of(request: HttpRequest) -> AccessToken | None:
    """The access token that stands for the person, when the request came with one."""
    found: AccessToken | None = getattr(request, "access_token", None)
    return found


@cache
def policies_of_routes() -> dict[tuple[str, str], tuple[str, str]]:
    """(route, method) to its feature and its policy, for all that the JSON API answers."""
    from plano.config.api import api

    found: dict[tuple[str, str], tuple[str, str]] = {}
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                policy = (operation.openapi_extra or {}).get("x-policy", "")
                feature = operation.view_func.__module__.split(".")[1]
                route = f"{router.prefix}{path}".replace("{", "<").replace("}", ">").lstrip("/")
                for method in operation.methods:
                    found[f"api/v1/{route}", method] = feature, policy
    return found


class Language:
    """The person's language, else the browser's, for what the server words."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        if language == translation.get_language():
            return self.get_response(request)
        with translation.override(language):
            return self.get_response(request)
