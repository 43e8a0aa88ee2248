"""What each new task asks, without the ORM: to compile these costs several times what they cost to run.

`tests/tasks/test_statements.py` holds them equal to what the ORM says.
"""

from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from plano.platform.database import rows
from plano.tasks.models import Column

_COLUMN = [field.attname for field in Column._meta.concrete_fields]
_SHARED = f"""
SELECT {", ".join(_COLUMN)} FROM tasks_column
WHERE workspace_id = %(workspace)s AND (%(column)s::uuid IS NULL OR id = %(column)s) ORDER BY rank LIMIT 1 FOR SHARE
"""  # noqa: S608 - our own names
_LAST = "SELECT rank FROM tasks_task WHERE column_id = %(column)s ORDER BY rank DESC LIMIT 1"


def shared_column(workspace_id: UUID, column_id: UUID | None) -> Column | None:
    """A column of this board, or its first, under a lock that many share."""
    found = rows(_SHARED, {"workspace": workspace_id, "column": column_id})
    return Column.from_db(DEFAULT_DB_ALIAS, _COLUMN, found[0]) if found else None


def last_rank(column_id: UUID) -> str | None:
    """The last rank of a column, the bin included: its tasks keep their places."""
    found = rows(_LAST, {"column": column_id})
    return found[0][0] if found else None
