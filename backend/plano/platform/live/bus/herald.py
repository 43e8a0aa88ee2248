"""Pokes from a process that serves no sockets: the job worker on its own, the command line."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

from plano.platform.live.bus.gathering import pokes_text
from plano.platform.live.bus.postgres import CHANNEL
from plano.platform.live.pokes import on_poke

log = logging.getLogger("plano.live")


@contextmanager
def servers_are_told(*, bus_url: str | None, secret_key: str) -> Iterator[None]:
    """Meanwhile the servers hear of every change that this process commits.

    A hint that does not get through is found by their sweep two seconds later, and is no error of the change.
    """
    node = secrets.token_hex(6)
    say = _by_redis(bus_url, secret_key) if bus_url else _by_postgres
    stop = on_poke(lambda scope, seq, _: say(pokes_text(node, [(str(scope), seq)])))
    try:
        yield
    finally:
        stop()


def _by_postgres(text: str) -> None:
    """Runs as an on-commit hook, so the connection is out of its transaction."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, text])
    except DatabaseError as error:
        log.warning("live bus interrupted: %s", type(error).__name__)


def _by_redis(url: str, secret_key: str) -> Callable[[str], None]:
    from redis.exceptions import RedisError

    from plano.platform.live.bus.redis import brief, channel_of

    client = brief(url)

    def say(text: str) -> None:
        try:
            client.publish(channel_of(secret_key), text)
        except RedisError as error:
            log.warning("live bus interrupted: %s", type(error).__name__)

    return say
