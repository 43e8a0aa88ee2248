"""PostgreSQL under Django: the `ENGINE` of the settings (`base`), and one statement without the ORM."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections


def rows(sql: str, args: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """One statement on Django's own connection and in its transaction, for the paths that every request takes.

    Errors are psycopg's while it runs and Django's for the caller, as with Django's cursors; these cost a third of a
    short query.
    """
    ours = connections[DEFAULT_DB_ALIAS]
    ours.ensure_connection()
    with ours.wrap_database_errors, psycopg.Cursor(ours.connection) as cursor:
        cursor.execute(sql, args)
        return [] if cursor.rownumber is None else cursor.fetchall()


def many(sql: str, **arguments: Any) -> list[Any]:
    """All rows of one statement, with the values in its text: the planner is to know them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return list(cursor.fetchall())
