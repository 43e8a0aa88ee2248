"""PostgreSQL under Django: the `ENGINE` of the settings (`base`), and one statement without the ORM."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


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


def locked(found: QuerySet[M], *related: str) -> M:
    """The one row of `found`, for change, with what it points to. Raises the model's `DoesNotExist`.

    Locked alone and read after that: who waited for a lock sees the changed row, but the rows joined to it as they were
    chosen before, so that a row which points to something else by then would be gone (PostgreSQL, Read Committed).
    """
    id = found.select_for_update().values_list("pk", flat=True).get()
    return found.model._base_manager.select_related(*related).get(pk=id)
