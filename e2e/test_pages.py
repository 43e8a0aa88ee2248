"""Every page, full of demonstration data: axe finds nothing, nothing scrolls sideways, nothing is cut (R-170)."""

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
    "/w/plan-de-continuite/documents/partages",
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
PUBLIC = [
    "/connexion",
    "/mot-de-passe-oublie",
    "/reinitialiser/inconnu",
    "/invitation/inconnue",
    "/s/inconnu",
    "/installation/inconnu",
]
SCREENS = [(1440, False), (390, True), (320, False), (1024, True)]
# Words that do not fit in their box and are not shortened with an ellipsis; controls that lie outside of the window.
CUT = """
() => {
  const found = [];
  const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const hidden = element => element.closest("[class*='hidden'], [aria-hidden='true'], [inert]") !== null;
  const scrolls = element => {
    for (let one = element.parentElement; one; one = one.parentElement) {
      const sideways = ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
      if (sideways && one.scrollWidth > one.clientWidth) return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll("body *")) {
    if (!shown(element) || hidden(element)) continue;
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const speaks = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== "");
    const shortened = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
    const clips = /hidden|clip/.test(style.overflow) && !shortened;
    const wide = element.scrollWidth > element.clientWidth + 1, high = element.scrollHeight > element.clientHeight + 1;
    if (speaks && clips && (wide || high)) found.push(`cut: ${element.textContent.trim().slice(0, 60)}`);
    const control = element.matches("a[href], button, input, select, textarea, [role='button'], h1, h2");
    if (control && box.width > 1 && (box.left < -1 || box.right > innerWidth + 1) && !scrolls(element))
      found.push(`outside: ${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 60)}`);
  }
  return found;
}
"""


def settles(office: Office, path: str) -> None:
    office.go(path)
    expect(office.page.get_by_role("heading", level=1).first).to_be_visible()
    office.page.wait_for_load_state("networkidle")
    office.page.wait_for_timeout(250)


def is_in_order(office: Office, path: str) -> None:
    settles(office, path)
    assert not office.scrolls_sideways(), f"{path} scrolls sideways"
    office.is_accessible()


@pytest.mark.timeout(420)
@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_r170_pages_are_accessible_and_fit(office: OpenOffice, width: int, dark: bool) -> None:
    alice = office("alice", width=width, height=800, dark=dark)
    for path in PAGES:
        is_in_order(alice, path)


@pytest.mark.timeout(400)
def test_r170_pages_are_whole_at_200_percent(office: OpenOffice) -> None:
    """A screen of 1440 by 900 zoomed twice (WCAG 1.4.4, 1.4.10): half the points in each direction."""
    alice = office("alice", width=720, height=450, device_scale_factor=2)
    lost = {}
    for path in [*PUBLIC, *PAGES]:
        settles(alice, path)
        found = alice.page.evaluate(CUT)
        if alice.scrolls_sideways():
            found.append("scrolls sideways")
        if found:
            lost[path] = found
    assert lost == {}
    alice.page.get_by_role("heading", level=1).evaluate(
        "title => Object.assign(title.style, { width: '20px', overflow: 'hidden', whiteSpace: 'nowrap' })"
    )
    assert len(alice.page.evaluate(CUT)) == 1  # what is cut is seen


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
