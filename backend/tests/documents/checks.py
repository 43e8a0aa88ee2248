"""The antivirus, as the worker runs it."""

from django.db import connection

from plano.documents import actions
from plano.documents.models import State


def run_jobs() -> list[State | None]:
    """The jobs that were put down with the changes, done as the worker would."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'documents.check' RETURNING args->>'blob'")
        blobs = [row[0] for row in cursor.fetchall()]
    return [actions.check(blob) for blob in blobs]
