"""Pokes from a process that serves no sockets (job worker, command line): one notification after each COMMIT."""

from uuid import UUID

from django.db import connection

from plano.platform.live.bus.postgres import CHANNEL


def notify_servers(scope: UUID, seq: int) -> None:
    """Runs as an on-commit hook, so the connection is out of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"writer p {scope}:{seq}"])
