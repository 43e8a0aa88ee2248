"""Two people at one calendar: created by mouse, moved by keys, seen live, a series asked about, a lost race shown."""

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.conftest import OpenOffice

AGENDA = "/w/plan-de-continuite/agenda?vue=semaine&date=2027-03-24"
"""A week without demonstration events but the weekly series, four days before clocks go forward."""


def slot(page: Page, day: str, time: str) -> tuple[float, float]:
    """Where a quarter of an hour begins on the screen."""
    column = page.locator(f'td.fc-timegrid-col[data-date="{day}"]').bounding_box()
    row = page.locator(f'td.fc-timegrid-slot-lane[data-time="{time}:00"]').bounding_box()
    assert column is not None
    assert row is not None
    return column["x"] + column["width"] / 2, row["y"] + 3


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(end[0], (start[1] + end[1]) / 2, steps=5)
    page.mouse.move(*end, steps=5)
    page.mouse.up()


def grip(page: Page, title: str) -> tuple[float, float]:
    box = page.get_by_role("button", name=title).first.bounding_box()
    assert box is not None
    return box["x"] + 40, box["y"] + 3


def open_agenda(page: Page) -> None:
    expect(page.locator(".fc-event").first).to_be_visible()
    page.wait_for_load_state("networkidle")


@pytest.mark.timeout(180)
def test_an_event_lives_in_two_browsers(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(AGENDA), bruno.go(AGENDA)
    open_agenda(page)
    open_agenda(other)
    title = "Atelier de mars"

    drag(page, slot(page, "2027-03-24", "14:00"), slot(page, "2027-03-24", "15:00"))
    page.get_by_label("Titre").fill(title)
    alice.is_accessible()
    page.get_by_role("button", name="Créer l’événement").click()
    mine, theirs = (view.get_by_role("button", name=title).first for view in (page, other))
    expect(theirs).to_contain_text("mercredi 24 mars 2027, 14:00 – 15:15")

    mine.focus()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(theirs).to_contain_text("14:30 – 15:45")
    page.keyboard.press("Shift+Alt+ArrowUp")
    expect(theirs).to_contain_text("14:30 – 15:30")
    expect(mine).to_be_focused()

    drag(other, grip(other, title), slot(other, "2027-03-26", "09:00"))
    expect(mine).to_contain_text("vendredi 26 mars 2027, 09:00 – 10:00")
    other.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(mine).to_contain_text("mercredi 24 mars 2027, 14:30 – 15:30")

    mine.click()
    page.get_by_role("button", name=f"Actions sur {title}").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    expect(theirs).to_have_count(0)
    page.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(theirs).to_be_visible()


@pytest.mark.timeout(180)
def test_a_series_asks_and_a_lost_race_shows_both_times(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(AGENDA), bruno.go(AGENDA)
    open_agenda(page)
    open_agenda(other)
    series = "Point d’équipe"

    page.get_by_role("button", name=series).first.focus()
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_role("button", name="Cet événement").click()
    expect(other.get_by_role("button", name=series).first).to_contain_text("mardi 23 mars 2027")
    page.get_by_role("button", name="Semaine suivante").click()
    expect(page.get_by_role("button", name=series).first).to_contain_text("lundi 29 mars 2027, 10:00 – 11:00")
    page.go_back()

    held: list[Route] = []
    other.route(
        "**/api/v1/events/*/occurrences/*",
        lambda route: held.append(route) if route.request.method == "PATCH" and not held else route.continue_(),
    )
    drag(other, grip(other, series), slot(other, "2027-03-25", "11:00"))
    other.get_by_role("button", name="Cet événement").click()
    drag(page, grip(page, series), slot(page, "2027-03-26", "16:00"))
    page.get_by_role("button", name="Cet événement").click()
    expect(page.get_by_role("status").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    held[0].continue_()
    expect(other.get_by_role("dialog")).to_contain_text("Quelqu’un a changé cet événement")
    bruno.is_accessible()
    other.get_by_role("button", name="Enregistrer le mien").click()
    expect(page.get_by_role("button", name=series).first).to_contain_text("jeudi 25 mars 2027, 11:00 – 12:00")


@pytest.mark.timeout(120)
def test_on_a_phone_days_then_a_list(office: OpenOffice) -> None:
    chloe = office("chloe", width=390, height=844)
    page = chloe.go("/w/plan-de-continuite/agenda")
    expect(page.get_by_role("list", name="Jours de la semaine")).to_be_visible()
    page.get_by_role("button", name="Événement", exact=True).click()
    page.get_by_label("Titre").fill("Visite")
    page.get_by_label("Heure de début").fill("10:00")
    chloe.is_accessible()
    page.get_by_label("Heure de fin").fill("11:30")
    page.get_by_role("button", name="Créer l’événement").click()
    expect(page.get_by_role("heading", name="Visite")).to_be_visible()
    page.get_by_role("button", name="Actions sur Visite").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Télécharger (.ics)").click()
    assert download.value.suggested_filename == "visite.ics"


@pytest.mark.timeout(120)
def test_walking_to_another_week_leaves_the_open_event_behind(office: OpenOffice) -> None:
    page = office("bruno").go("/w/plan-de-continuite/agenda?vue=semaine&date=2027-04-07")
    open_agenda(page)
    page.get_by_role("button", name="Point d’équipe").first.click()
    expect(page.get_by_role("heading", name="Point d’équipe")).to_be_visible()
    page.get_by_role("button", name="Semaine suivante").click()
    expect(page.locator('td.fc-timegrid-col[data-date="2027-04-12"]')).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator('td.fc-timegrid-col[data-date="2027-04-12"]')).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Point d’équipe")).to_be_visible()


@pytest.mark.timeout(120)
def test_the_call_of_an_event_is_joined_while_it_lasts(office: OpenOffice) -> None:
    alice = office("alice")
    page = alice.go("/")
    start = {"start": "2027-05-12T09:00", "end": "2027-05-12T10:00", "time_zone": "Europe/Paris"}
    events = f"/workspaces/{alice.workspace_id('plan-de-continuite')}/events"
    event = alice.api("POST", events, {"title": "Revue de mai", **start})
    meeting = alice.api("POST", f"/events/{event['id']}/meeting")
    alice.go("/w/plan-de-continuite/agenda?vue=semaine&date=2027-05-12")
    page.get_by_role("button", name="Revue de mai").first.click()
    expect(page.get_by_role("link", name="Rejoindre la réunion")).to_be_visible()
    alice.api("POST", f"/meetings/{meeting['id']}/end")
    expect(page.get_by_role("link", name="Démarrer la réunion")).to_be_visible()
