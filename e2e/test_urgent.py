"""Who writes to somebody who is off waits for their return, or disturbs them: asked first, and counted."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenOffice
from e2e.office import look

WAITS = "La convention peut attendre"
RINGS = "L’alerte est levée, dis-le aux équipes"


@pytest.mark.timeout(180)
def test_a_message_waits_for_the_return_or_rings_out_of_hours(office: OpenOffice) -> None:
    alice, second, bruno = office("alice"), office("alice", width=390, height=844, dark=True), office("bruno")
    alice.go("/")
    bruno.go("/")
    usual = bruno.api("GET", "/notifications/rhythm")
    kept = ("absence", "begins", "days", "disconnects", "ends", "quiet_from", "quiet_to", "tells_senders", "territory")
    mine = {name: usual[name] for name in kept}
    day_off = (datetime.now(ZoneInfo("Europe/Paris")).isoweekday() + 1) % 7 + 1  # neither today nor tomorrow
    bruno.api("PUT", "/notifications/rhythm", {**mine, "disconnects": True, "days": [day_off]})
    space = alice.workspace_id("plan-de-continuite")
    me = bruno.api("GET", "/me")["id"]
    pair = alice.api("POST", f"/workspaces/{space}/conversations", {"user_ids": [me]})
    try:
        place = f"/w/plan-de-continuite/discussions/{pair['id']}"
        page = alice.go(place)
        field = page.get_by_role("textbox", name="Écrire à Bruno")
        field.fill(WAITS)
        expect(page.get_by_text("Bruno sera prévenu(e)")).to_be_visible()
        later = page.get_by_role("button", name="Envoyer", exact=False).filter(has_text=" à ")
        expect(later).to_be_visible()
        alice.is_accessible()
        look(page, "urgent-notice")
        later.click()
        expect(field).to_have_value("")
        waits = alice.api("GET", "/scheduled")["items"]
        mine_here = [one for one in waits if one["channel_id"] == pair["id"]]
        assert [one["text"] for one in mine_here] == [WAITS]
        alice.api("DELETE", f"/scheduled/{mine_here[0]['id']}")

        for left in (3, 2, 1):
            field.fill(f"{RINGS} {left}")
            page.get_by_role("button", name="Prévenir maintenant").click()
            dialog = page.get_by_role("dialog", name="Déranger hors des horaires")
            expect(dialog).to_contain_text(f"reste {left} message")
            if left == 3:
                alice.is_accessible()
                look(page, "urgent-question")
            dialog.get_by_role("button", name="Envoyer en urgence").click()
            expect(page.get_by_role("article").filter(has_text=f"{RINGS} {left}")).to_be_visible()
            expect(field).to_have_value("")
        told = bruno.api("GET", "/notifications")["items"]
        assert [one["urgent"] for one in told if one["link_id"] == pair["id"] and one["read_at"] is None] == [True]
        assert [one["count"] for one in bruno.api("GET", "/notifications/urgent")["received"]] == [3]

        # read by whom it disturbed: nothing stays in the centre
        read = bruno.go(place)
        expect(read.get_by_role("article").filter(has_text=f"{RINGS} 1")).to_be_visible()
        bruno.until(
            lambda: all(
                one["read_at"] for one in bruno.api("GET", "/notifications")["items"] if one["link_id"] == pair["id"]
            ),
            "what is read stays in the centre",
        )

        # used up, and said on the phone too
        phone = second.go(place)
        phone.get_by_role("textbox", name="Écrire à Bruno").fill("Encore un")
        none = phone.get_by_role("button", name="3 messages urgents par jour")
        expect(none).to_be_disabled()
        assert not second.scrolls_sideways()
        second.is_accessible()
        look(phone, "urgent-none-390")
    finally:
        bruno.api("PUT", "/notifications/rhythm", mine)
