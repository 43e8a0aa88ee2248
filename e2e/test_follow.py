"""A star, a folder that is followed, and what happened in it: told in one line that counts, live, without reloading."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice

SLUG = "plan-de-continuite"
ROOM = f"/w/{SLUG}/documents"


@pytest.mark.timeout(240)
def test_a_star_shows_on_each_device_and_a_followed_folder_tells_in_one_line(office: OpenOffice) -> None:
    alice, bruno, phone = office("alice"), office("bruno"), office("bruno", width=390, height=844)
    space = alice.workspace_id(SLUG)
    folder = alice.api("POST", f"/workspaces/{space}/nodes", {"kind": "folder", "name": "Dossier suivi"})["id"]
    phone.go(f"{ROOM}/favoris")
    bruno.go(ROOM)

    # the key S gives a star, seen on the other device; the menu follows
    row = bruno.page.get_by_role("row", name="Dossier suivi")
    row.get_by_role("button", name="Actions sur Dossier suivi").click()
    bruno.page.get_by_role("menuitem", name="Suivre").click()
    row.focus()
    bruno.page.keyboard.press("s")
    expect(phone.page.get_by_role("link", name="Dossier suivi")).to_be_visible()
    phone.is_accessible()
    assert not phone.scrolls_sideways()

    for number in range(3):
        body = {"kind": "document", "name": f"Annexe {number}.md", "parent_id": folder}
        alice.api("POST", f"/workspaces/{space}/nodes", body)
    line = bruno.page.get_by_role("link", name="3 changements dans ce que vous suivez")
    expect(bruno.page.get_by_role("button", name="Notifications, ")).to_be_visible(timeout=20_000)
    bruno.page.get_by_role("button", name="Notifications").first.click()
    expect(line).to_be_visible(timeout=20_000)
    bruno.is_accessible()
    line.click()

    # the folder, what happened in it, and live what happens next
    expect(bruno.page.get_by_role("row", name="Annexe 2.md")).to_be_visible()
    bruno.go(f"{ROOM}?doc={folder}")
    bruno.page.get_by_role("tab", name="Activité").click()
    panel = bruno.page.get_by_role("complementary", name="Détails")
    expect(panel.get_by_text("a déposé 3 documents")).to_be_visible()
    alice.api("PATCH", f"/nodes/{folder}", {"name": "Dossier clos"})
    expect(panel.get_by_text("a renommé « Dossier suivi » en « Dossier clos »")).to_be_visible()
    bruno.is_accessible()

    # enough: no more of it, and the list says so
    bruno.go(f"{ROOM}/suivis")
    bruno.page.get_by_role("button", name="Suivre : Dossier clos").click()
    expect(bruno.page.get_by_role("link", name="Dossier clos")).to_be_hidden()
