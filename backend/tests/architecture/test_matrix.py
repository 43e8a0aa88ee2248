"""Every route declares a policy and stands in the matrix; every cell of the matrix is run (R-01, R-02)."""

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.db import transaction

from plano.config.api import FEATURES, api
from plano.config.routes import ASGI_ROUTES
from tests.architecture.matrix import ROLES, Cell, make_world
from tests.fixtures import Api

CELLS: list[Cell] = [
    cell
    for feature in FEATURES
    if find_spec(f"tests.{feature}") and find_spec(f"tests.{feature}.matrix")
    for cell in import_module(f"tests.{feature}.matrix").ROUTES
]


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    schema = api.get_openapi_schema(path_prefix="")
    return {
        (method.upper(), path): operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


def test_r001_every_route_declares_a_policy() -> None:
    assert [route for route, operation in operations().items() if not operation.get("x-policy")] == []
    assert [pattern for pattern, handler in ASGI_ROUTES if not handler.policy] == []


def test_r002_every_route_stands_in_the_matrix() -> None:
    listed = {(cell.method, cell.path) for cell in CELLS}
    assert sorted(operations().keys() - listed) == [], "routes that no tests/<feature>/matrix.py lists"
    assert sorted(listed - operations().keys()) == [], "cells of routes that do not exist"


class Undo(Exception):
    """Ends a savepoint without keeping anything."""


@pytest.mark.django_db
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_r002_each_role_gets_the_answer_of_the_table(cell: Cell) -> None:
    world = make_world()
    answers: dict[str, int] = {}
    for role in ROLES:
        try:
            with transaction.atomic():
                values = cell.fill(world, role)
                path = re.sub(r"\{(\w+)\}", lambda match, values=values: str(values[match[1]]), cell.path)
                body = cell.body(world, values) if cell.body else None
                person = Api(world.people[role])
                answers[role] = person.request(cell.method, path + cell.query, body).status_code
                raise Undo
        except Undo:
            pass
    assert answers == cell.expect
