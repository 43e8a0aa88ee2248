"""The answers of the board's routes, by role."""

from typing import Any

from plano.kernel.ids import uuid7
from plano.tasks import actions
from plano.tasks.models import Column
from tests.architecture.matrix import Cell, World, everybody, expect


def board(world: World, role: str) -> dict[str, Any]:
    manager = world.person("manager")
    place = {"actor": manager, "workspace_id": world.workspace.id}
    column = actions.add_column(**place, id=uuid7(), name="Vide")
    label = actions.add_label(**place, id=uuid7(), name="Exercice")
    return {"workspace_id": world.workspace.id, "column_id": column.id, "label_id": label.id}


def task(world: World, role: str) -> dict[str, Any]:
    id = uuid7()
    actions.create_task(actor=world.person("member"), workspace_id=world.workspace.id, id=id, title="Relire")
    return {**board(world, role), "task_id": id}


def done(world: World) -> str:
    return str(Column.objects.get(workspace=world.workspace, done=True).id)


read = expect(reader=200, member=200, manager=200)
write = expect(reader=403, member=200, manager=200)
create = expect(reader=403, member=201, manager=201)
gone = expect(reader=403, member=204, manager=204)
here = "/workspaces/{workspace_id}"

ROUTES = [
    Cell("GET", f"{here}/columns", read),
    Cell(
        "POST",
        f"{here}/columns",
        expect(reader=403, member=403, manager=201),
        body=lambda world, values: {"name": "En attente"},
    ),
    Cell(
        "PATCH",
        "/columns/{column_id}",
        expect(reader=403, member=403, manager=200),
        fill=board,
        body=lambda world, values: {"name": "En attente"},
    ),
    Cell("DELETE", "/columns/{column_id}", expect(reader=403, member=403, manager=204), fill=board),
    Cell("GET", f"{here}/labels", read),
    Cell("POST", f"{here}/labels", create, body=lambda world, values: {"name": "Urgent"}),
    Cell("PATCH", "/labels/{label_id}", write, fill=board, body=lambda world, values: {"color": 3}),
    Cell("DELETE", "/labels/{label_id}", gone, fill=board),
    Cell("GET", f"{here}/tasks", read),
    Cell("POST", f"{here}/tasks", create, body=lambda world, values: {"title": "Relire"}),
    Cell("GET", "/my/tasks", everybody(200)),
    Cell("GET", "/tasks/{task_id}", read, fill=task),
    Cell("PATCH", "/tasks/{task_id}", write, fill=task, body=lambda world, values: {"title": "Signer"}),
    Cell("DELETE", "/tasks/{task_id}", gone, fill=task),
    Cell("POST", "/tasks/{task_id}/restore", write, fill=task),
    Cell("POST", "/tasks/{task_id}/move", write, fill=task, body=lambda world, values: {"column_id": done(world)}),
]
