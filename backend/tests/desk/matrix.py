"""The answers of the desk's routes, by role."""

from tests.architecture.matrix import Cell, everybody, expect

ROUTES = [
    Cell("GET", "/desk", everybody(200)),
    Cell("GET", "/workspaces/{workspace_id}/home", expect(guest=200, reader=200, member=200, manager=200)),
    Cell("POST", "/workspaces/{workspace_id}/visit", expect(guest=204, reader=204, member=204, manager=204)),
    Cell("GET", "/search", everybody(200), query="?q=plan"),
    Cell("GET", "/references", everybody(200), query="?kind=tasks.task&id=01900000-0000-7000-8000-000000000000"),
    Cell("GET", "/references/states", everybody(200), query="?kind=tasks.task&id=01900000-0000-7000-8000-000000000000"),
]
