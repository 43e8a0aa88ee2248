"""Old snapshot + frames = fresh snapshot, for each person, whatever is done."""

import random
from typing import Any
from uuid import UUID

import pytest

from plano.platform.live.models import Frame
from plano.workspaces import policies
from tests.documents.conftest import Office, Seat


class Screen:
    """What a client holds: the folders that it has opened. The same folds as `features/documents/live.ts`."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.lists: dict[str | None, dict[str, Any]] = {}
        self.read()

    def read(self) -> None:
        self.cursors = self.now()
        self.lists = {}
        todo: list[str | None] = [None]
        while todo:
            parent = todo.pop()
            self.lists[parent] = {n["id"]: n for n in self.seat.nodes(parent)}
            todo += [n["id"] for n in self.lists[parent].values() if n["kind"] == "folder"]

    def now(self) -> dict[UUID, int]:
        scopes = policies.visible_scope_ids(self.seat.user, self.seat.workspace.id)
        return {scope: Frame.objects.filter(scope_id=scope).count() for scope in scopes}

    def fold(self, frame: Frame) -> None:
        import json

        data = json.loads(frame.payload)
        if frame.op == "removed":
            self.drop(data["id"], data["parent_id"])
        else:
            self.put(data)

    def drop(self, id: str, parent_id: str | None) -> None:
        for children in self.lists.values():
            children.pop(id, None)
        below = self.lists.pop(id, {})
        for child in below:
            self.drop(child, id)
        if parent_id in self.lists:  # read again: it may have moved to a scope that was heard first
            self.lists[parent_id] = {n["id"]: n for n in self.seat.nodes(parent_id)}

    def put(self, node: Any) -> None:
        held = next((c[node["id"]] for c in self.lists.values() if node["id"] in c), None)
        if held is not None and held["version"] > node["version"]:
            return
        if held is not None and held["scope_id"] != node["scope_id"]:
            for child in list(self.lists.pop(node["id"], {})):
                self.lists.pop(child, None)
        for children in self.lists.values():
            children.pop(node["id"], None)
        parent = node["parent_id"] if node["parent_id"] in self.lists else None
        if node["parent_id"] in self.lists or (node["parent_id"] is None or node["access"] != "inherited"):
            self.lists.setdefault(parent, {})[node["id"]] = node


KIND = "documents.node"


@pytest.mark.parametrize("seed", range(6))
def test_old_snapshot_and_frames_are_the_fresh_snapshot(office: Office, seed: int) -> None:
    chance = random.Random(seed)
    manager, member = office.manager, office.member
    folders = [manager.create(f"Dossier {n}")["id"] for n in range(3)]
    folders.append(manager.create("Cellule", restricted=True)["id"])
    documents = [member.document(f"d{n}.txt", b"x", parent=folders[n % 3])["id"] for n in range(4)]
    screens = [Screen(manager), Screen(member), Screen(office.reader)]
    gone: list[str] = []

    def step() -> None:
        who = chance.choice((manager, member))
        id = chance.choice(documents + folders)
        match chance.randrange(7):
            case 0:
                who.api.patch(f"/nodes/{id}", {"name": f"n{chance.randrange(99)}"})
            case 1:
                who.api.patch(f"/nodes/{id}", {"parent_id": chance.choice([None, *folders])})
            case 2 if len(gone) < 2:
                if who.api.delete(f"/nodes/{id}").status_code == 204:
                    gone.append(id)
            case 3 if gone:
                manager.api.post(f"/nodes/{gone.pop()}/restore")
            case 4:
                who.bytes.put(f"/nodes/{chance.choice(documents)}/content", str(chance.random()).encode())
            case 5:
                body = {"kind": "folder", "name": f"f{chance.randrange(999)}", "parent_id": chance.choice(folders)}
                who.api.post(f"/workspaces/{office.workspace.id}/nodes", body)
            case _:
                body = {"kind": "document", "name": f"g{chance.randrange(999)}", "parent_id": None}
                who.api.post(f"/workspaces/{office.workspace.id}/nodes", body)

    for _ in range(25):
        step()
    for screen in screens:
        scopes = list(screen.cursors)
        chance.shuffle(scopes)  # streams of several scopes have no order between them
        for scope in scopes:
            for frame in Frame.objects.filter(scope_id=scope, seq__gt=screen.cursors[scope], kind=KIND).order_by("seq"):
                screen.fold(frame)
        fresh = Screen(screen.seat)
        for parent, children in screen.lists.items():
            assert children == fresh.lists[parent]


def test_frames_are_numbered_without_a_gap_and_carry_the_rest_answer(office: Office, frames_of: Any) -> None:
    node = office.member.document("plan.txt")
    office.member.api.patch(f"/nodes/{node['id']}", {"name": "autre.txt"})
    frames = frames_of(office.workspace.id)
    assert [f["seq"] for f in frames] == list(range(1, len(frames) + 1))
    last = frames[-1]
    assert (last["kind"], last["op"]) == (KIND, "changed")
    assert last["data"] == office.member.nodes()[0]


def test_a_move_between_scopes_is_seen_by_each_side_alone(office: Office, frames_of: Any) -> None:
    node = office.member.document("plan.txt")
    closed = office.manager.create("Cellule", restricted=True)
    office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": closed["id"]})
    assert frames_of(office.workspace.id, KIND)[-1]["op"] == "removed"
    assert frames_of(UUID(closed["id"]), KIND)[-1]["data"]["id"] == node["id"]
    assert "Cellule" not in str(frames_of(office.workspace.id))
