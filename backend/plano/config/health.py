"""Liveness, readiness and figures for the host's monitoring (R-139)."""

import hmac
import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from plano.accounts.middleware import address_of

Check = Callable[[], bool]
_checks: dict[str, Check] = {}
BUS = Gauge("plano_live_bus_heard", "1 while this process hears the other nodes; 0 delays their changes by seconds")
SOCKETS = Gauge("plano_live_sockets", "Open live sockets of this process")


def add_check(name: str, check: Check) -> None:
    """A part that must work for this process to be ready."""
    _checks[name] = check


def alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """200, or 503 with the failing parts by name."""
    failing = [name for name, check in {"database": _database, **_checks}.items() if not check()]
    return JsonResponse({"status": "failing" if failing else "ok", "failing": failing}, status=503 if failing else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, for this machine, private networks, or the holder of the token; absent for others."""
    token = settings.PLANO.metrics_token
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not (token and hmac.compare_digest(sent, token)) and not _is_local(address_of(request)):
        from plano.config.web import absent

        return absent(request)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
