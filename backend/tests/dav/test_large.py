"""R-54: a tree of 20,000 files is told, moved and binned within bounds, and never told, or copied, all at once."""

import time
from typing import Any

import pytest
from django.db import connection

from plano.documents.models import Kind, Node
from plano.kernel.ids import uuid7
from tests.dav.conftest import Office

FILES, FOLDERS = 20_000, 20
_GROW = """
INSERT INTO documents_node (id, created_at, updated_at, version, workspace_id, scope_id, parent_id, kind, name, folded,
    created_by_id, modified_by_id, modified_at, {more})
SELECT gen_random_uuid(), now(), now(), 1, n.workspace_id, n.scope_id, n.id, 'document', 'f' || i, 'f' || i,
    n.created_by_id, n.modified_by_id, now(), {defaults}
FROM documents_node n, generate_series(1, %s) AS i WHERE n.parent_id = %s
"""
_GIVEN = {
    "id",
    "created_at",
    "updated_at",
    "version",
    "workspace_id",
    "scope_id",
    "parent_id",
    "kind",
    "name",
    "folded",
}
_GIVEN |= {"created_by_id", "modified_by_id", "modified_at"}


@pytest.fixture
def large(office: Office) -> Office:
    """20 folders of 1,000 documents below one."""
    office.member("MKCOL", "Grand")
    top = Node.objects.get(name="Grand")
    shared = {"workspace_id": top.workspace_id, "scope_id": top.scope_id, "parent": top, "kind": Kind.FOLDER}
    people = {"created_by": office.member.user, "modified_by": office.member.user}
    names = [f"d{number}" for number in range(FOLDERS)]
    Node.objects.bulk_create(Node(id=uuid7(), name=name, folded=name, **shared, **people) for name in names)
    columns = [field.column for field in Node._meta.concrete_fields if field.column not in _GIVEN]
    more = ", ".join(columns)
    with connection.cursor() as cursor:
        statement = _GROW.format(more=more, defaults=", ".join(f"n.{column}" for column in columns))
        cursor.execute(statement, [FILES // FOLDERS, top.id])
        cursor.execute("ANALYZE documents_node")
    assert Node.objects.filter(kind=Kind.DOCUMENT).count() == FILES
    return office


def timed(office: Office, method: str, path: str, **headers: str) -> tuple[Any, float]:
    begun = time.monotonic()
    answer = office.member(method, path, **headers)
    return answer, time.monotonic() - begun


def test_r054_twenty_thousand_files_are_refused_or_bounded(large: Office) -> None:
    whole, seconds = timed(large, "PROPFIND", "Grand", Depth="infinity")
    assert (whole.status_code, whole.data["code"], seconds < 1) == (403, "propfind_finite_depth", True)
    one, seconds = timed(large, "PROPFIND", "Grand", Depth="1")
    assert (one.status_code, one.content.count(b"<D:response>"), seconds < 2) == (207, FOLDERS + 1, True)
    copied, seconds = timed(large, "COPY", "Grand", Destination=large.member.to("Copie"))
    assert (copied.status_code, copied.data["code"], seconds < 3) == (413, "too_many_to_copy", True)
    assert not Node.objects.filter(name="Copie").exists()
    token = large.member.lock("Grand", Depth="infinity")
    inside = large.manager("PUT", "Grand/d7/f1", b"x")
    assert inside.status_code == 423, "one lock holds for all"
    assert large.member("UNLOCK", "Grand", Lock_Token=token).status_code == 204
    moved, seconds = timed(large, "MOVE", "Grand", Destination=large.member.to("Ailleurs"))
    assert (moved.status_code, seconds < 3) == (201, True)
    gone, seconds = timed(large, "DELETE", "Ailleurs")
    assert (gone.status_code, seconds < 5) == (204, True)
    assert large.member.names() == []
