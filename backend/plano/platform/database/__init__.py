"""PostgreSQL under Django: the `ENGINE` of the settings (`base`), and one statement without the ORM."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection


def rows(sql: str, args: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """One statement on Django's own connection and in its transaction, for the paths that every request takes.

    Errors are psycopg's while it runs and Django's for the caller, as with Django's cursors; these cost a third of a
    short query.
    """
    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        cursor.execute(sql, args)
        return [] if cursor.rownumber is None else cursor.fetchall()
