"""The page of the web client: the same for every address, so that each view can be shared and reloaded."""

import html
import re
import sys
from functools import cache
from typing import Any

import orjson
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.decorators import decorator_from_middleware

from plano.config import errors

with_nonce = decorator_from_middleware(CSPMiddleware)
_HIDDEN = re.compile(r"(^|/)\.|\.(php|env|git|map)$", re.IGNORECASE)


@cache
def _page(stamp: float) -> str:
    return (settings.PLANO.web_dir / "index.html").read_text(encoding="utf-8")


@with_nonce
def index(request: HttpRequest, path: str = "") -> HttpResponse:
    """`index.html` with the nonce of this answer."""
    if _HIDDEN.search(path) or request.method not in ("GET", "HEAD"):
        return absent(request)
    file = settings.PLANO.web_dir / "index.html"
    if not file.is_file():
        return HttpResponse(
            "The web client is not built. Run `make run`, or `npm run build` in frontend/.",
            status=503,
            content_type="text/plain",
        )
    get_token(request)  # sets the CSRF cookie
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
    page = HttpResponse(_page(file.stat().st_mtime).replace("__CSP_NONCE__", nonce))
    if path.startswith("s/"):  # a share link: found by no search engine, its secret told to no other site
        page["X-Robots-Tag"], page["Referrer-Policy"] = "noindex, nofollow", "no-referrer"
    return page


FILES = {"sw.js": "text/javascript", "manifest.webmanifest": "application/manifest+json"}


def root_file(request: HttpRequest, name: str) -> HttpResponse:
    """The service worker and the manifest: they keep their address from build to build, so each is asked for anew."""
    file = settings.PLANO.web_dir / name
    if request.method not in ("GET", "HEAD") or not file.is_file():
        return absent(request)
    return HttpResponse(file.read_bytes(), content_type=FILES[name], headers={"Cache-Control": "no-cache"})


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return errors.problem(status=404, code="not_found", request_id=getattr(request, "request_id", ""))


def broken(request: HttpRequest) -> HttpResponse:
    """An error outside the API's own handlers, in a middleware for instance."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return errors.unavailable(request)
    return errors.problem(status=500, code="server_error", request_id=getattr(request, "request_id", ""))


@cache
def _openapi() -> bytes:
    from plano.config.api import api

    return orjson.dumps(
        api.get_openapi_schema(path_prefix="/api/v1/"),
        option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS,
        default=str,
    )


def openapi(request: HttpRequest) -> HttpResponse:
    """OpenAPI 3.1 of the whole API."""
    return HttpResponse(_openapi(), content_type="application/json")


@with_nonce
def api_docs(request: HttpRequest) -> HttpResponse:
    """The API as one plain page: no script, no third party."""
    document: dict[str, Any] = orjson.loads(_openapi())
    rows = [
        f"<tr><td><code>{method.upper()}</code></td><td><code>{html.escape(path)}</code></td>"
        f"<td>{html.escape(operation.get('summary', ''))}. {html.escape(operation.get('description', ''))}</td>"
        f"<td><code>{html.escape(operation.get('x-policy', ''))}</code></td></tr>"
        for path, operations in sorted(document["paths"].items())
        for method, operation in operations.items()
    ]
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]
    return HttpResponse(
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Plano API</title>"
        f"<meta name=viewport content='width=device-width'><style nonce='{nonce}'>"
        "body{font:15px/1.5 system-ui;margin:32px;max-width:1100px}td,th{text-align:left;padding:6px 12px 6px 0;"
        "vertical-align:top;border-bottom:1px solid #ccc}</style><main><h1>Plano API</h1>"
        "<p>The machine-readable document is <a href='/api/v1/openapi.json'>openapi.json</a> (OpenAPI 3.1).</p>"
        f"<table><thead><tr><th>Method<th>Path<th>What<th>Policy</thead><tbody>{''.join(rows)}</tbody></table></main></html>"
    )
