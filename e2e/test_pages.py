"""Every page, full of demonstration data: axe finds nothing, nothing scrolls sideways, in both themes and sizes (R-170)."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.office import Office

PAGES = [
    "/",
    "/recherche?q=plan",
    "/notifications",
    "/espaces",
    "/espaces/nouveau",
    "/w/plan-de-continuite",
    "/w/plan-de-continuite/documents",
    "/w/plan-de-continuite/documents/corbeille",
    "/w/plan-de-continuite/discussions",
    "/w/plan-de-continuite/reunions",
    "/w/plan-de-continuite/agenda",
    "/w/plan-de-continuite/agenda?vue=mois",
    "/w/plan-de-continuite/agenda?vue=liste",
    "/w/plan-de-continuite/taches",
    "/w/plan-de-continuite/taches?vue=liste",
    "/w/plan-de-continuite/membres",
    "/w/plan-de-continuite/parametres",
    "/parametres/profil",
    "/parametres/securite",
    "/parametres/apparence",
    "/parametres/notifications",
    "/w/n-existe-pas",
    "/page-absente",
]
PUBLIC = ["/connexion", "/mot-de-passe-oublie", "/reinitialiser/inconnu", "/invitation/inconnue", "/installation/inconnu"]
SCREENS = [(1440, False), (390, True), (320, False), (1024, True)]


def is_in_order(office: Office, path: str) -> None:
    office.go(path)
    expect(office.page.get_by_role("heading", level=1).first).to_be_visible()
    office.page.wait_for_load_state("networkidle")
    office.page.wait_for_timeout(250)
    assert not office.scrolls_sideways(), f"{path} scrolls sideways"
    office.is_accessible()


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_r170_pages_are_accessible_and_fit(office: OpenOffice, width: int, dark: bool) -> None:
    alice = office("alice", width=width, height=800, dark=dark)
    for path in PAGES:
        is_in_order(alice, path)


@pytest.mark.parametrize(("width", "dark"), [(1440, True), (390, False)])
def test_r170_pages_before_sign_in_are_accessible_and_fit(office: OpenOffice, width: int, dark: bool) -> None:
    visitor = office(width=width, height=800, dark=dark)
    for path in PUBLIC:
        is_in_order(visitor, path)


@pytest.mark.timeout(120)
def test_pages_are_english_for_who_asks(office: OpenOffice) -> None:
    visitor = office(language="en")
    visitor.go("/connexion")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.is_accessible()
