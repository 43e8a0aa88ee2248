"""Search by name and the titles of links."""

import time

import pytest

from tests.desk.office import Office


def titles(answer: object) -> dict[str, list[str]]:
    groups = answer.data["groups"]  # type: ignore[attr-defined]
    return {group["name"]: [hit["title"] for hit in group["items"]] for group in groups}


def test_finds_things_of_every_kind_by_their_names(office: Office) -> None:
    office.folder("Annexes du plan")
    office.task("Relire l’annexe")
    office.event("Point annexe")
    office.channel("annexe")
    office.meeting("Annexes")
    found = titles(office.api("reader").get("/search?q=annexe"))
    assert found == {
        "documents": ["Annexes du plan"],
        "tasks": ["Relire l’annexe"],
        "events": ["Point annexe"],
        "channels": ["annexe"],
        "meetings": ["Annexes"],
    }


@pytest.mark.parametrize(
    "typed", ["l'evacuation", "L’ÉVACUATIONS", "evacuation lilloise", "plan-évacuation", "plan_d’evacu"]
)
def test_accents_capitals_apostrophes_and_plurals_do_not_matter(office: Office, typed: str) -> None:
    office.task("Le plan d’évacuation lilloise")
    assert titles(office.api("reader").get(f"/search?q={typed}")) == {"tasks": ["Le plan d’évacuation lilloise"]}


def test_finds_people_and_workspaces(office: Office) -> None:
    answer = office.api("guest").get("/search?q=continuite")
    assert titles(answer) == {"workspaces": ["Plan de continuité"]}
    person = office.api("reader").get("/search?q=personne guest").data["groups"][0]["items"][0]
    assert (person["kind"], person["guest"], person["place"]["name"]) == ("person", True, "Plan de continuité")


def test_shows_eight_of_a_kind_and_says_that_there_are_more(office: Office) -> None:
    for number in range(9):
        office.task(f"Inventaire {number}")
    (group,) = office.api("member").get("/search?q=inventaire").data["groups"]
    assert (len(group["items"]), group["more"]) == (8, True)


def test_looks_in_one_workspace_and_for_some_kinds(office: Office) -> None:
    office.task("Revue annuelle")
    office.event("Revue")
    api, here, there = office.api("member"), office.workspace.id, office.world.elsewhere.id
    assert titles(api.get(f"/search?q=revue&kinds=tasks&workspace_id={here}")) == {"tasks": ["Revue annuelle"]}
    assert api.get(f"/search?q=revue&workspace_id={there}").status_code == 404
    assert api.get("/search?q=revue&kinds=secrets").status_code == 400


def test_a_word_of_one_letter_and_signs_alone_are_refused(office: Office) -> None:
    for typed in ("a", "", "%", "__", "l'"):
        answer = office.api("member").get(f"/search?q={typed.replace('%', '%25')}")
        assert answer.status_code == 400, typed
        assert answer.data["errors"] == {"q": "query_too_short"}


def test_r104_a_query_of_fifty_kilobytes_is_refused_at_once(office: Office) -> None:
    for sign in ("a", "@", "*_", "http://"):
        begun = time.monotonic()
        answer = office.api("member").get("/search?q=" + sign * (50_000 // len(sign)))
        assert answer.status_code == 400
        assert time.monotonic() - begun < 1


def test_things_of_a_room_that_is_switched_off_are_not_found(office: Office) -> None:
    office.folder("Registre")
    office.task("Registre")
    office.event("Registre")
    office.channel("registre")
    office.meeting("Registre")
    office.rooms()
    assert titles(office.api("manager").get("/search?q=registre")) == {}
