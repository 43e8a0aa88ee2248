"""A description and tags: what people say of a document (C13)."""

from typing import Any

from tests.documents.conftest import Office
from tests.documents.test_search import names


def test_two_fields_changed_by_two_people_both_stay_and_everybody_hears(office: Office, frames_of: Any) -> None:
    node = office.manager.document("plan.txt")
    path = f"/nodes/{node['id']}/details"
    office.member.api.patch(path, {"description": "  Le plan de 2027,\nvalidé. "})
    told = office.manager.api.patch(path, {"tags": ["Urgent", "urgent", " à, relire ", "2027"]}).data
    assert told["description"] == "Le plan de 2027,\nvalidé."
    assert told["tags"] == ["Urgent", "à relire", "2027"]
    assert frames_of(office.workspace.id)[-1]["data"]["tags"] == told["tags"]
    (listed,) = office.reader.nodes()
    assert (listed["description"], listed["tags"]) == (told["description"], told["tags"])
    assert office.reader.api.patch(path, {"tags": []}).status_code == 403
    assert office.member.api.patch(path, {"tags": ["x" * 41]}).status_code == 400
    assert office.member.api.patch(path, {"tags": ["x"] * 21}).status_code == 400
    assert office.member.api.patch(path, {"name": "x"}).status_code == 400


def test_tags_and_descriptions_are_found_and_narrow(office: Office) -> None:
    node = office.manager.document("plan.txt")
    office.manager.document("autre plan.txt")
    office.manager.api.patch(f"/nodes/{node['id']}/details", {"tags": ["Préfecture"], "description": "Version signée"})
    assert names(office.reader, "prefecture") == {"plan.txt"}
    assert names(office.reader, "signée") == {"plan.txt"}
    assert names(office.reader, "plan", tag="préfecture") == {"plan.txt"}
    assert names(office.outsider, "prefecture") == set()


def test_a_lock_of_somebody_else_keeps_the_words_too_and_a_copy_carries_them(office: Office) -> None:
    node = office.manager.document("plan.txt")
    path = f"/nodes/{node['id']}"
    office.manager.api.patch(f"{path}/details", {"tags": ["2027"], "description": "Signé"})
    copy = office.member.api.post(f"{path}/copy", {}).data
    assert (copy["tags"], copy["description"]) == (["2027"], "Signé")
    office.manager.api.post(f"{path}/lock", {"reason": "Relecture"})
    assert office.member.api.patch(f"{path}/details", {"tags": []}).status_code == 423
    assert office.member.api.patch(f"{path}/versions/1", {"label": "x"}).status_code == 423
    assert office.manager.api.patch(f"{path}/details", {"tags": []}).status_code == 200
