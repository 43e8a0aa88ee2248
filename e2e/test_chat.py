"""Two people talk: seen live, answered in a thread, named, edited, deleted, kept through a cut and a reload."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import OpenOffice
from e2e.office import look

ROOM = "/w/plan-de-continuite/discussions"


def enter(page: Page, name: str = "Cellule de crise") -> None:
    page.get_by_role("navigation", name="Canaux et messages directs").get_by_role(
        "link", name=name
    ).first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.get_by_role("log", name=f"Messages de {name}")).to_be_visible()


def write(page: Page, text: str, field: str = "Écrire dans Cellule de crise…") -> None:
    page.get_by_label(field).fill(text)
    page.get_by_label(field).press("Enter")


@pytest.mark.timeout(180)
def test_what_one_writes_the_other_sees_answers_and_may_no_longer_read(
    office: OpenOffice,
) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(ROOM), bruno.go(ROOM)
    enter(page)
    enter(other)

    field = other.get_by_label("Écrire dans Cellule de crise…")
    field.press_sequentially("Bonjour @Ali")
    other.get_by_role("option", name="Alice Martin").wait_for()
    field.press("Enter")
    field.press_sequentially("voici la **synthèse**.")
    field.press("Enter")
    message = page.get_by_role("article").filter(has_text="voici la synthèse.")
    expect(message).to_be_visible()
    expect(message.locator("strong", has_text="synthèse")).to_be_visible()
    alice.is_accessible()

    message.hover()
    message.get_by_role("button", name=re.compile("^Répondre à")).click()
    write(page, "Merci, je relis.", "Répondre…")
    expect(other.get_by_role("button", name=re.compile("1 réponse"))).to_be_visible()
    alice.is_accessible()
    page.get_by_role("button", name="Fermer les détails").click()

    field.press("ArrowUp")
    edit = other.get_by_label("Modifier le message")
    edit.fill("Bonjour, voici la synthèse corrigée.")
    edit.press("Enter")
    expect(page.get_by_text("voici la synthèse corrigée.")).to_be_visible()

    mine = other.get_by_role("article").filter(has_text="synthèse corrigée")
    mine.hover()
    mine.get_by_role("button", name=re.compile("^Actions sur")).click()
    other.get_by_role("menuitem", name="Supprimer").click()
    other.get_by_role("button", name="Supprimer le message").click()
    expect(page.get_by_text("synthèse corrigée")).to_have_count(0)
    expect(page.get_by_text("Message supprimé")).to_be_visible()


@pytest.mark.timeout(180)
def test_r134_what_was_written_while_cut_off_goes_once_after_a_reload_and_a_draft_stays(
    office: OpenOffice,
) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(ROOM), bruno.go(ROOM)
    enter(page)
    enter(other)

    bruno.context.set_offline(True)
    for number in ("un", "deux", "trois"):
        write(other, f"Hors ligne {number}")
    expect(other.locator("[data-waiting=sending]")).to_have_count(3)
    bruno.context.set_offline(False)
    other.reload()
    expect(page.get_by_text("Hors ligne trois")).to_be_visible()
    texts = page.get_by_role("article").filter(has_text="Hors ligne").all_inner_texts()
    assert [text.split("Hors ligne ")[1].split()[0] for text in texts] == [
        "un",
        "deux",
        "trois",
    ]
    expect(other.get_by_text("Hors ligne deux")).to_have_count(1)

    field = page.get_by_label("Écrire dans Cellule de crise…")
    field.fill("Je commence")
    page.reload()
    expect(field).to_have_value("Je commence")
    second = office("alice")
    third = second.go(ROOM)
    enter(third)
    expect(third.get_by_label("Écrire dans Cellule de crise…")).to_have_value(
        "Je commence"
    )
    field.fill("")


@pytest.mark.timeout(180)
def test_what_is_new_has_its_line_and_its_number_the_same_on_two_devices(
    office: OpenOffice,
) -> None:
    bruno, desk, phone = (
        office("bruno"),
        office("chloe"),
        office("chloe", width=390, height=844),
    )
    writer, page, small = bruno.go(ROOM), desk.go(ROOM), phone.go(ROOM)
    enter(writer)
    enter(page)
    enter(page, "Général")
    for number in range(3):
        write(writer, f"Nouvelle {number}")
    listed = [
        view.get_by_role("link", name=re.compile("Cellule de crise")).first
        for view in (page, small)
    ]
    for link in listed:
        expect(link).to_contain_text("3")
    phone.is_accessible()
    assert not phone.scrolls_sideways()

    enter(page)
    expect(page.get_by_role("separator", name="3 nouveaux messages")).to_be_visible()
    expect(listed[1]).not_to_contain_text("3")
    expect(page.get_by_role("separator", name="3 nouveaux messages")).to_be_visible()


@pytest.mark.timeout(120)
def test_a_private_channel_is_for_those_let_in_and_a_guest_is_marked(
    office: OpenOffice,
) -> None:
    alice, bruno, david = office("alice"), office("bruno"), office("david")
    page = alice.go(ROOM)
    page.get_by_role("button", name="Nouveau canal ou message").click()
    page.get_by_role("menuitem", name="Ouvrir un canal").click()
    page.get_by_role("textbox", name="Nom").fill("Arbitrages")
    page.get_by_text("Les personnes choisies").click()
    page.get_by_role("checkbox", name="David Okoye").check()
    alice.is_accessible()
    page.get_by_role("button", name="Ouvrir le canal").click()
    expect(page.get_by_role("heading", level=1, name="Arbitrages")).to_be_visible()
    write(page, "Entre nous", "Écrire dans Arbitrages…")

    guest = david.go(ROOM)
    enter(guest, "Arbitrages")
    write(guest, "Merci", "Écrire dans Arbitrages…")
    expect(
        page.get_by_role("article").filter(has_text="Merci").get_by_text("Invité")
    ).to_be_visible()
    outsider = bruno.go(page.url.removeprefix(alice.server.url))
    expect(
        outsider.get_by_text(
            "Cette conversation n’existe pas ou n’est pas visible pour vous."
        )
    ).to_be_visible()
    expect(outsider.get_by_text("Arbitrages")).to_have_count(0)


@pytest.mark.timeout(180)
def test_signs_pins_polls_and_threads_are_the_same_for_all(office: OpenOffice) -> None:
    alice, bruno = office("alice"), office("bruno")
    page, other = alice.go(ROOM), bruno.go(ROOM)
    enter(page)
    enter(other)
    write(page, "Qui sera sur place jeudi ?")
    theirs, mine = (
        view.get_by_role("article").filter(has_text="Qui sera sur place jeudi").first
        for view in (other, page)
    )

    theirs.hover()
    theirs.get_by_role("button", name=re.compile("^Réagir à")).click()
    other.get_by_label("Chercher un emoji").fill("thumbs up")
    expect(other.get_by_role("button", name="pouce vers le haut")).to_be_visible()
    bruno.is_accessible()
    other.get_by_label("Chercher un emoji").press("Enter")
    sign = mine.get_by_role("button", name=re.compile("1 personne : Bruno Lefèvre"))
    expect(sign).to_have_attribute("aria-pressed", "false")
    sign.click()
    expect(
        theirs.get_by_role(
            "button", name=re.compile("2 personnes : vous, Alice Martin")
        )
    ).to_be_visible()

    mine.hover()
    mine.get_by_role("button", name=re.compile("^Actions sur")).click()
    page.get_by_role("menuitem", name="Épingler").click()
    other.get_by_role("button", name="Messages épinglés").click()
    expect(
        other.get_by_role("link", name=re.compile("Qui sera sur place jeudi"))
    ).to_be_visible()
    bruno.is_accessible()
    other.get_by_role("link", name=re.compile("Qui sera sur place jeudi")).click()
    expect(other).to_have_url(re.compile("message="))
    other.get_by_role("button", name="Fermer les détails").click()

    page.get_by_role("button", name="Poser un sondage").click()
    page.get_by_role("textbox", name="Question").fill(
        "À quelle heure <b>exactement</b> ?"
    )
    page.get_by_role("textbox", name="Réponse 1").fill("9 h")
    page.get_by_role("textbox", name="Réponse 2").fill("<img src=x onerror=alert(1)>")
    alice.is_accessible()
    page.get_by_role("button", name="Poser la question").click()
    other.get_by_role("radio", name=re.compile("^9 h")).check()
    expect(page.get_by_text("1 personne a répondu")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^<img")).check()
    expect(other.get_by_text("2 personnes ont répondu")).to_be_visible()
    alice.is_accessible()
    page.get_by_role("button", name="Terminer le sondage").click()
    expect(other.get_by_text("Sondage terminé")).to_be_visible()
    expect(other.get_by_role("radio", name=re.compile("^9 h"))).to_be_disabled()

    theirs.hover()
    theirs.get_by_role("button", name=re.compile("^Répondre à")).click()
    other.get_by_label("Aussi dans le canal").check()
    write(other, "Moi, dès 8 h", "Répondre…")
    expect(page.get_by_role("article").filter(has_text="Moi, dès 8 h")).to_have_count(1)
    threads = page.get_by_role("button", name=re.compile("^Fils suivis"))
    threads.click()
    followed = page.get_by_role("listitem").filter(has_text="Qui sera sur place jeudi")
    expect(followed.get_by_text("1 non lu")).to_be_attached()
    followed.get_by_role("link").click()
    expect(
        page.get_by_role("log", name="Fil de discussion").get_by_text("Moi, dès 8 h")
    ).to_be_visible()
    page.get_by_role("button", name="Ne plus suivre ce fil").click()
    expect(page.get_by_role("button", name="Suivre ce fil", exact=True)).to_be_visible()


@pytest.mark.timeout(180)
def test_announcements_groups_and_a_past_that_is_not_for_newcomers(
    office: OpenOffice,
) -> None:
    alice, chloe = office("alice"), office("chloe", width=390, height=844)
    page = alice.go(ROOM)

    def new(item: str) -> None:
        page.get_by_role("button", name="Nouveau canal ou message").click()
        page.get_by_role("menuitem", name=item).click()

    new("Ouvrir un canal")
    page.get_by_role("textbox", name="Nom").fill("Arbitrage")
    page.get_by_text("Les personnes choisies").click()
    page.get_by_role("checkbox", name="Canal d’annonces").check()
    page.get_by_text("À partir de leur arrivée").click()
    page.get_by_role("button", name="Ouvrir le canal").click()
    expect(page.get_by_role("heading", level=1, name="Arbitrage")).to_be_visible()
    write(page, "Avant votre arrivée", "Écrire dans Arbitrage…")
    address = (
        page.get_by_role("article")
        .filter(has_text="Avant votre arrivée")
        .get_attribute("data-message")
    )
    page.get_by_role("button", name="Détails et personnes").click()
    expect(
        page.get_by_text("Cette personne lira ce qui s’écrit à partir de maintenant.")
    ).to_be_visible()
    page.get_by_role("combobox", name="Faire entrer quelqu’un").click()
    page.get_by_role("option", name="Chloé Nguyen").click()
    expect(page.get_by_text("Vous avez fait entrer Chloé Nguyen")).to_be_visible()
    write(page, "Après votre arrivée", "Écrire dans Arbitrage…")

    small = chloe.go(ROOM)
    enter(small, "Arbitrage")
    expect(
        small.get_by_text("Alice Martin a fait entrer vous")
        .or_(small.get_by_text("Après votre arrivée"))
        .first
    ).to_be_visible()
    expect(small.get_by_text("Avant votre arrivée")).to_have_count(0)
    expect(small.get_by_text("Ce canal est réservé aux annonces.")).to_be_visible()
    chloe.is_accessible()
    assert not chloe.scrolls_sideways()
    small.goto(f"{small.url.split('?')[0]}?message={address}")
    expect(small.get_by_text("Ce message n’est plus accessible.")).to_be_visible()

    new("Écrire à quelqu’un")
    page.get_by_role("checkbox", name="Bruno Lefèvre").check()
    page.get_by_role("checkbox", name="Chloé Nguyen").check()
    alice.is_accessible()
    page.get_by_role("button", name="Écrire au groupe").click()
    expect(page.get_by_text("Entre 3 personnes")).to_be_visible()
    write(page, "Bonjour à tous deux", "Écrire à Bruno Lefèvre, Chloé Nguyen…")
    small.get_by_role("button", name="Revenir aux canaux").click()
    expect(
        small.get_by_role("link", name=re.compile("Alice Martin, Bruno Lefèvre"))
    ).to_contain_text("1")


@pytest.mark.timeout(90)
def test_a_robot_is_made_writes_and_is_stopped_in_front_of_everybody(office: OpenOffice) -> None:
    alice, chloe = office("alice"), office("chloe", width=390, height=844)
    page = alice.go(ROOM)
    page.get_by_role("button", name="Nouveau canal ou message").click()
    page.get_by_role("menuitem", name="Ouvrir un canal").click()
    page.get_by_role("textbox", name="Nom").fill("Forge")
    page.get_by_role("button", name="Ouvrir le canal").click()
    expect(page.get_by_role("heading", level=1, name="Forge")).to_be_visible()
    page.get_by_role("button", name="Détails et personnes").click()
    page.get_by_role("button", name="Ajouter un robot").click()
    page.get_by_role("dialog").get_by_label("Nom").fill("Sonde")
    page.get_by_role("dialog").get_by_role("button", name="Ajouter", exact=True).click()
    shown = page.get_by_role("dialog", name="Adresse du robot")
    address = shown.locator("code").inner_text()
    alice.is_accessible()
    shown.get_by_role("button", name="J’ai copié").click()
    expect(page.get_by_text("Vous avez ajouté Robot · Sonde")).to_be_visible()
    small = chloe.go(ROOM)
    enter(small, "Forge")
    said = httpx.post(address, json={"text": "Construit en **4 min**", "username": "Alice Martin"})
    assert (said.status_code, said.text) == (200, "ok")
    for screen in (page, small):
        message = screen.get_by_role("article", name="Robot · Sonde")
        expect(message).to_contain_text("Construit en 4 min")
        expect(message.locator("[data-robot]")).to_be_visible()
    look(page, "robot-1440")
    small.get_by_role("button", name="Détails et personnes").click()
    expect(small.get_by_text("Relié par Alice Martin")).to_be_visible()
    expect(small.get_by_role("button", name="Ajouter un robot")).to_have_count(0)
    assert not chloe.scrolls_sideways()
    look(small, "robot-390")
    page.get_by_role("button", name="Actions sur Robot · Sonde", exact=True).click()
    page.get_by_role("menuitem", name="Arrêter").click()
    page.get_by_role("dialog").get_by_role("button", name="Arrêter", exact=True).click()
    expect(page.get_by_text("Vous avez arrêté Robot · Sonde")).to_be_visible()
    assert httpx.post(address, json={"text": "Encore"}).status_code == 404
