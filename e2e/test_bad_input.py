"""What people and programs get wrong: each time a plain sentence, and nothing is lost.

Archives with hostile names, forged frames and the like have their own tests on the server.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import psycopg
import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect
from tests.server import Server

from e2e.conftest import OpenOffice
from e2e.office import Office

SLUG = "plan-de-continuite"
LIBRARY = f"/w/{SLUG}/documents"
GIGABYTE = 1 << 30
SOCKET_PAGE = """<!doctype html><title>Elsewhere</title><script>
  const socket = new WebSocket("ws://localhost:%d/api/v1/stream");
  socket.onopen = () => (document.title = "opened");
  socket.onclose = () => (document.title = "refused");
</script>"""


# --- Coming in ---------------------------------------------------------------------------------------------


@pytest.mark.timeout(180)
def test_a_wrong_password_is_said_and_the_name_stays(office: OpenOffice) -> None:
    visitor = office()
    page = visitor.go("/connexion")
    name, password = page.locator("input[autocomplete='username']"), page.locator("input[type='password']")
    name.fill("chloe")
    password.fill("pas le bon mot de passe")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_have_text("L’identifiant ou le mot de passe ne convient pas.")
    expect(name).to_have_value("chloe")
    visitor.is_accessible()
    password.fill(visitor.server.accounts["chloe"]["password"])
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda address: "/connexion" not in address)


@pytest.mark.timeout(180)
def test_an_expired_invitation_says_what_to_do_and_makes_no_account(office: OpenOffice) -> None:
    alice, visitor = office("alice"), office()
    address = "trop.tard@prefecture.example"
    alice.api("POST", f"/workspaces/{alice.workspace_id(SLUG)}/invitations", {"email": address, "role": "member"})
    link = re.search(r"(/invitation/\S+)", alice.mail_to(address))
    assert link is not None
    a_week_passes(alice.server, address)
    page = visitor.go(link[1])
    expect(page.get_by_role("heading", name="Cette invitation n’est plus valable")).to_be_visible()
    expect(page.get_by_text("Demandez à la personne qui vous a écrit de la renvoyer.")).to_be_visible()
    expect(page.locator("input[autocomplete='new-password']")).to_have_count(0)
    visitor.is_accessible()


def a_week_passes(server: Server, address: str) -> None:
    lines = next(server.data.glob("postgres/*/postmaster.pid")).read_text().splitlines()
    with psycopg.connect(host=lines[4], user="plano", dbname="plano") as base:
        later = "UPDATE workspaces_invitation SET expires_at = expires_at - interval '8 days' WHERE email = %s"
        assert base.execute(later, [address]).rowcount == 1


# --- Documents ---------------------------------------------------------------------------------------------


def choose(page: Page, *files: Path) -> None:
    page.locator("input[data-testid='files']").set_input_files(list(files))


@pytest.mark.timeout(240)
def test_an_empty_file_is_kept_and_an_enormous_one_is_refused_before_a_byte_of_it_is_sent(
    office: OpenOffice, tmp_path: Path
) -> None:
    """The server of the journeys takes documents of 2 GB at most; the other file has 3 GB and holds nothing."""
    alice = office("alice")
    empty, enormous = tmp_path / "Vide.txt", tmp_path / "Relevé complet.bin"
    empty.touch()
    with enormous.open("wb") as file:
        file.truncate(3 * GIGABYTE)
    web = web_process(alice.server)
    before = web.memory_info().rss
    page = alice.go(LIBRARY)
    choose(page, empty, enormous)
    tray = page.get_by_role("region", name="Dépôts")
    expect(tray.get_by_role("listitem").filter(has_text="Relevé complet.bin")).to_contain_text(
        "Ce fichier dépasse la taille permise."
    )
    expect(tray.get_by_role("listitem").filter(has_text="Vide.txt")).to_contain_text("Déposé")
    alice.is_accessible()
    by_name = {node["name"]: node for node in alice.documents(SLUG)}
    assert by_name["Vide.txt"]["size"] == 0
    assert "Relevé complet.bin" not in by_name
    assert web.memory_info().rss - before < 64_000_000


def web_process(server: Server) -> psutil.Process:
    family = psutil.Process(server.process.pid).children(recursive=True)
    return next(one for one in family if "plano.cli.web" in " ".join(one.cmdline()))


@pytest.mark.timeout(240)
def test_a_name_that_cannot_be_is_refused_in_its_field_and_hidden_marks_are_taken_off(office: OpenOffice) -> None:
    alice = office("alice")
    page = alice.go(LIBRARY)
    page.get_by_role("button", name="Nouveau dossier").click()
    dialog = page.get_by_role("dialog")
    field, create = dialog.get_by_label("Nom du dossier"), dialog.get_by_role("button", name="Créer le dossier")
    long = "\u202ecod.\u2066Rapport/" + "n" * 300
    for name, sentence in (
        (long, "Un nom ne contient ni « / » ni « \\ »."),
        (long.replace("/", " "), "Ce nom est trop long : 255 octets au plus."),
        ("\u202e\u2066 ", "Donnez un nom."),
    ):
        field.fill(name)
        create.click()
        expect(dialog.get_by_text(re.compile(re.escape(sentence).replace("\\ ", r"\s")))).to_be_visible()
        expect(field).to_have_value(name)
    alice.is_accessible()
    field.fill("\u202eRapport\u2069 gpj")
    create.click()
    expect(page.get_by_role("row").filter(has_text="Rapport gpj").first).to_be_visible()
    nodes = alice.api("GET", f"/workspaces/{alice.workspace_id(SLUG)}/nodes?limit=200")["items"]
    assert "Rapport gpj" in {node["name"] for node in nodes}


@pytest.mark.timeout(240)
def test_two_people_rename_one_file_at_once_and_both_names_are_seen(office: OpenOffice, tmp_path: Path) -> None:
    alice, bruno = office("alice"), office("bruno")
    file = tmp_path / "Ébauche.txt"
    file.write_text("texte")
    page, other = alice.go(LIBRARY), bruno.go(LIBRARY)
    choose(page, file)
    for view in (page, other):
        view.get_by_role("button", name="Actions sur Ébauche.txt").click()
        view.get_by_role("menuitem", name="Renommer").click()
        expect(view.get_by_label("Nouveau nom")).to_have_value("Ébauche.txt")
    page.get_by_label("Nouveau nom").fill("Version d’Alice.txt")
    other.get_by_label("Nouveau nom").fill("Version de Bruno.txt")
    winner, loser = at_once(page, other)
    names = ("Version d’Alice.txt", "Version de Bruno.txt")
    first, second = names if winner is page else names[::-1]
    expect(winner.get_by_role("dialog")).to_have_count(0)
    expect(loser.get_by_role("alert")).to_contain_text(first)
    expect(loser.get_by_role("alert")).to_contain_text("Votre proposition est toujours là.")
    expect(loser.get_by_label("Nouveau nom")).to_have_value(second)
    (alice if loser is page else bruno).is_accessible()
    loser.get_by_role("button", name="Renommer quand même").click()
    for view in (page, other):
        expect(view.get_by_role("row").filter(has_text=second)).to_be_visible()


def at_once(page: Page, other: Page) -> tuple[Page, Page]:
    """Both ask before either is answered. Returns who won and who is told so."""
    held: list[Route] = []
    answers: list[tuple[int, Page]] = []

    def note(answer: Response, view: Page) -> None:
        if answer.request.method == "PATCH" and "/nodes/" in answer.url:
            answers.append((answer.status, view))

    for view in (page, other):
        view.route("**/api/v1/nodes/*", lambda route: held.append(route))
        view.on("response", partial(note, view=view))
        view.get_by_role("dialog").get_by_role("button", name="Renommer", exact=True).click()
    wait(page, lambda: len(held) == 2)
    for route in held:
        route.continue_()
    wait(page, lambda: len(answers) == 2)
    for view in (page, other):
        view.unroute("**/api/v1/nodes/*")
    (first, winner), (second, loser) = sorted(answers, key=lambda answer: answer[0])
    assert (first, second) == (200, 412)
    return winner, loser


def wait(page: Page, true: Callable[[], bool]) -> None:
    while not true():
        page.wait_for_timeout(20)


# --- Talking and planning ----------------------------------------------------------------------------------


@pytest.mark.timeout(180)
def test_a_message_of_100_kilobytes_is_refused_and_stays_in_its_field(office: OpenOffice) -> None:
    bruno = office("bruno")
    page = bruno.go(f"/w/{SLUG}/discussions")
    page.get_by_role("link", name=re.compile("Général")).first.click()
    field = page.get_by_label("Écrire dans Général…")
    text = "Compte rendu. " * 7200
    field.fill(text)
    too_long = re.compile(r"^Trop long de 80\s800 caractères\. Déposez plutôt un document\.$")
    expect(page.get_by_text(too_long)).to_be_visible()
    field.press("Enter")
    expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_disabled()
    expect(field).to_have_value(text)
    bruno.is_accessible()
    channel = re.search(r"([0-9a-f-]{36})", page.url)
    assert channel is not None
    status, problem = bruno.try_api("POST", f"/channels/{channel[1]}/messages", {"text": text})
    assert (status, json.loads(problem)["code"]) == (413, "message_too_long")
    field.fill("")


@pytest.mark.timeout(180)
def test_an_event_that_ends_before_it_begins_is_refused_beside_its_field(office: OpenOffice) -> None:
    chloe = office("chloe")
    page = chloe.go(f"/w/{SLUG}/agenda?vue=liste")
    page.get_by_role("button", name="Événement", exact=True).click()
    page.get_by_label("Titre").fill("Visite à rebours")
    page.get_by_label("Heure de début").fill("10:00")
    page.get_by_label("Heure de fin").fill("09:00")
    page.get_by_role("button", name="Créer l’événement").click()
    expect(page.get_by_role("alert")).to_contain_text("La fin précède le début.")
    expect(page.get_by_label("Titre")).to_have_value("Visite à rebours")
    chloe.is_accessible()
    page.get_by_label("Heure de fin").fill("11:30")
    page.get_by_role("button", name="Créer l’événement").click()
    expect(page.get_by_role("heading", name="Visite à rebours")).to_be_visible()


# --- Other places ------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(server: Server) -> Iterator[str]:
    """A page of the same machine but another origin: cookies would go with its socket."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write((SOCKET_PAGE % server.port).encode())

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}/"
        running.shutdown()


@pytest.mark.timeout(180)
def test_r090_a_socket_from_a_page_of_another_origin_is_refused(
    office: OpenOffice, browser: Browser, elsewhere: str
) -> None:
    bruno: Office = office("bruno")
    with browser.new_context(storage_state=bruno.context.storage_state()) as signed_in_too:
        page = signed_in_too.new_page()
        page.goto(elsewhere)
        expect(page).to_have_title("refused")
        sent = [cookie["name"] for cookie in signed_in_too.cookies(elsewhere)]
        assert "plano_session" in sent  # so the origin alone was the reason
    expect(bruno.page.get_by_role("main")).to_be_visible()
