"""One writer at a time where the place of the bytes knows no locks: S3. The lock lives in PostgreSQL, so it holds
between nodes and ends with the process."""

import threading
from typing import Any, Protocol

import psycopg
from django.db import connections

from plano.kernel.errors import Unavailable

CLASS = 0x504C_414E  # "PLAN": apart from the other advisory locks


class Locks(Protocol):
    def take(self, name: str) -> bool: ...

    def release(self, name: str) -> None: ...


class ProcessLocks:
    """Inside one process, for tests."""

    def __init__(self) -> None:
        self._held: set[str] = set()

    def take(self, name: str) -> bool:
        if name in self._held:
            return False
        self._held.add(name)
        return True

    def release(self, name: str) -> None:
        self._held.discard(name)


class PostgresLocks:
    """Advisory locks on one connection of its own, whatever the number of writers. After a lost connection the locks
    that are held are taken again."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._guard = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None

    def take(self, name: str) -> bool:
        with self._guard:
            if name in self._held or not self._ask("SELECT pg_try_advisory_lock(%s, %s)", name):
                return False
            self._held.add(name)
            return True

    def release(self, name: str) -> None:
        with self._guard:
            if name in self._held:
                self._held.discard(name)
                self._ask("SELECT pg_advisory_unlock(%s, %s)", name)

    def _ask(self, statement: str, name: str) -> bool:
        for last in (False, True):
            try:
                row = self._connected().execute(statement, (CLASS, _number(name))).fetchone()
                return bool(row and row[0])
            except psycopg.OperationalError:
                self._connection = None
                if last:
                    raise Unavailable(retry_after=1) from None
        return False

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            params = connections["default"].get_connection_params() | {"connect_timeout": 5}
            self._connection = psycopg.connect(**params, autocommit=True)
            for name in self._held:
                self._connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (CLASS, _number(name)))
        return self._connection


def _number(name: str) -> int:
    """31 random bits of the name; two names that meet wait for each other, no more."""
    return int(name[:8], 16) & 0x7FFF_FFFF
