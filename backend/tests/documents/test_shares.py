"""Share links: off by default, listed, bounded, and dead at once when they should be (R-14, A10, C11, documents-16)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from plano.documents import limits
from plano.documents.actions import forget_expired
from plano.documents.actions import shares as actions
from plano.documents.actions.telling import tell_followers
from plano.documents.models import Node, ShareLink, ShareUse, Usage
from plano.kernel import clock
from plano.platform.audit.models import Entry
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Role
from tests.documents.bytes import Bytes
from tests.documents.conftest import Office, Seat
from tests.fixtures import Api

PASSWORD = "un mot de passe"
pytestmark = pytest.mark.usefixtures("fresh_limits")


@pytest.fixture
def sharing(office: Office) -> Office:
    """Links are allowed in the workspace."""
    assert office.manager.api.put(f"/workspaces/{office.workspace.id}/sharing", {"links": True}).status_code == 200
    return office


def share(seat: Seat, node: Any, *, status: int = 201, **body: Any) -> Any:
    answer = seat.api.post(f"/nodes/{node['id']}/shares", body)
    assert answer.status_code == status, answer.data
    return answer.data


def token_of(link: Any) -> str:
    return str(link["url"]).rsplit("/", 1)[1]


class Visitor:
    """A browser without an account."""

    def __init__(self, link: Any) -> None:
        self.api = Api(None)
        self.bytes = Bytes(self.api)
        self.token = token_of(link)

    def see(self) -> Any:
        return self.api.get(f"/s/{self.token}")

    def open(self, password: str | None = None) -> Any:
        return self.api.post(f"/s/{self.token}/visit", {} if password is None else {"password": password})

    def items(self, folder: Any = None) -> Any:
        query = "" if folder is None else f"?folder_id={folder['id']}"
        return self.api.get(f"/s/{self.token}/items{query}")

    def names(self, folder: Any = None) -> list[str]:
        answer = self.items(folder)
        assert answer.status_code == 200, answer.data
        return [item["name"] for item in answer.data["items"]]


def visitor(link: Any, password: str | None = None) -> Visitor:
    found = Visitor(link)
    answer = found.open(password)
    assert answer.status_code == 201, answer.data
    return found


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.data["code"]


# --- The workspace decides ---------------------------------------------------------------------------------


def test_r014_links_are_off_until_a_manager_allows_them(office: Office) -> None:
    folder = office.member.create("Dossier")
    assert share(office.member, folder, status=403)["code"] == "sharing_is_off"
    path = f"/workspaces/{office.workspace.id}/sharing"
    assert office.member.api.get(path).data["links"] is False
    assert office.member.api.put(path, {"links": True}).status_code == 403
    assert office.manager.api.put(path, {"links": True}).data["links"] is True
    assert share(office.member, folder)["state"] == "active"
    assert Entry.objects.filter(action="workspace.share_links_on").count() == 1


def test_r014_every_manager_sees_every_link_and_whoever_sees_the_object_too(sharing: Office) -> None:
    secret = sharing.member.create("Ouvert")
    hidden = sharing.manager.create("Cellule", restricted=True)
    share(sharing.member, secret, label="Mairie")
    share(sharing.manager, hidden)
    path = f"/workspaces/{sharing.workspace.id}/shares"
    other = make_manager(sharing)
    listed = other.api.get(path).data["items"]
    assert [(one["name"], one["may_manage"]) for one in listed] == [(None, True), ("Ouvert", True)]
    assert sharing.member.api.get(path).status_code == 403
    on_object = sharing.reader.api.get(f"/nodes/{secret['id']}/shares").data["items"]
    assert [(one["label"], one["may_manage"]) for one in on_object] == [("Mairie", False)]
    inside = sharing.member.document("Plan.txt", parent=secret["id"])
    assert len(sharing.reader.api.get(f"/nodes/{inside['id']}/shares").data["items"]) == 1, "from the folder above"


def make_manager(office: Office) -> Seat:
    from plano.platform.live import unit_of_work
    from tests.documents.conftest import seat
    from tests.factories.people import make_user

    user = make_user(name="Autre responsable")
    with unit_of_work() as emit:
        workspaces.join(emit=emit, workspace=office.workspace, user=user, role=Role.MANAGER)
    return seat(user, office.workspace)


def test_r014_a_link_is_bounded_hashed_and_can_be_copied_again_by_its_managers(sharing: Office) -> None:
    folder = sharing.member.create("Dossier")
    link = share(sharing.member, folder)
    token = token_of(link)
    assert len(token) >= 43, "256 bits"
    row = ShareLink.objects.get(id=link["id"])
    assert timedelta(days=29) < row.expires_at - clock.now() <= timedelta(days=30)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM documents_sharelink l")
        assert all(token not in text for (text,) in cursor.fetchall())
    assert sharing.member.api.get(f"/shares/{link['id']}/address").data["url"] == link["url"]
    assert sharing.reader.api.get(f"/shares/{link['id']}/address").status_code == 403
    assert sharing.outsider.api.get(f"/shares/{link['id']}").status_code == 404
    again = share(sharing.member, folder, id=link["id"])
    assert (again["id"], again["url"]) == (link["id"], link["url"]), "sent again: the same link"
    assert share(sharing.manager, folder, id=link["id"], status=409)["code"] == "identifier_in_use"
    assert share(sharing.member, folder, expires_at="2020-01-01T00:00:00Z", status=400)["code"] == "invalid_end"
    assert share(sharing.reader, folder, status=403)["code"] == "role_too_low"


def test_r014_a_guest_makes_no_link(sharing: Office) -> None:
    folder = sharing.manager.create("Dossier")
    path = f"/nodes/{folder['id']}/access"
    sharing.manager.api.put(path, {"open": True})
    sharing.manager.api.put(f"{path}/{sharing.guest.user.id}", {"role": "member"})
    assert share(sharing.guest, folder, status=403)["code"] == "guests_share_nothing"


# --- What kills a link -------------------------------------------------------------------------------------


def _stop(office: Office, node: Any, link: Any) -> None:
    assert office.manager.api.delete(f"/shares/{link['id']}").status_code == 204


def _delete(office: Office, node: Any, link: Any) -> None:
    assert office.manager.api.delete(f"/nodes/{node['id']}").status_code == 204


def _narrow(office: Office, node: Any, link: Any) -> None:
    assert office.manager.api.put(f"/nodes/{node['id']}/access", {"open": False}).status_code == 200


def _move(office: Office, node: Any, link: Any) -> None:
    cell = office.manager.create("Cellule", restricted=True)
    assert office.manager.api.patch(f"/nodes/{node['id']}", {"parent_id": cell["id"]}).status_code == 200


def _disable(office: Office, node: Any, link: Any) -> None:
    office.member.user.is_active = False
    office.member.user.save(update_fields=["is_active"])


def _leave(office: Office, node: Any, link: Any) -> None:
    workspaces.remove_member(actor=office.manager.user, workspace_id=office.workspace.id, user_id=office.member.user.id)


def _demote(office: Office, node: Any, link: Any) -> None:
    workspaces.change_role(
        actor=office.manager.user,
        workspace_id=office.workspace.id,
        user_id=office.member.user.id,
        role=Role.READER,
    )


def _archive(office: Office, node: Any, link: Any) -> None:
    workspaces.archive_workspace(actor=office.manager.user, workspace_id=office.workspace.id)


def _switch_off(office: Office, node: Any, link: Any) -> None:
    assert office.manager.api.put(f"/workspaces/{office.workspace.id}/sharing", {"links": False}).status_code == 200


@pytest.mark.parametrize(
    ("kill", "reason"),
    [
        (_stop, "by_hand"),
        (_delete, "deleted"),
        (_narrow, "moved"),
        (_move, "moved"),
        (_disable, "creator"),
        (_leave, "creator"),
        (_demote, "creator"),
        (_archive, "archived"),
        (_switch_off, "sharing_off"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__.strip("_"),
)
def test_r014_a_link_is_dead_at_once(sharing: Office, kill: Any, reason: str) -> None:
    folder = sharing.member.create("Dossier")
    document = sharing.member.document("Plan.txt", parent=folder["id"])
    link = share(sharing.member, folder)
    outsider = visitor(link)
    assert outsider.names() == ["Plan.txt"]
    kill(sharing, folder, link)
    assert code(outsider.see()) == (410, "share_stopped")
    assert code(outsider.items()) == (410, "share_stopped")
    assert code(Visitor(link).open()) == (410, "share_stopped")
    answer = outsider.bytes.get(f"/s/{outsider.token}/content/{document['id']}")
    assert code(answer) == (410, "share_stopped")
    listed = sharing.manager.api.get(f"/workspaces/{sharing.workspace.id}/shares").data["items"]
    assert [(one["state"], one["stop_reason"]) for one in listed] == [("stopped", reason)]


def test_r014_a_link_that_circumstances_killed_stays_dead(sharing: Office) -> None:
    folder = sharing.member.create("Dossier")
    link = share(sharing.member, folder)
    _disable(sharing, folder, link)
    assert actions.settle() == 1
    sharing.member.user.is_active = True
    sharing.member.user.save(update_fields=["is_active"])
    assert code(Visitor(link).see()) == (410, "share_stopped")
    assert actions.settle() == 0


def test_an_undone_deletion_leaves_the_link_as_it_was(sharing: Office) -> None:
    folder = sharing.member.create("Dossier")
    link = share(sharing.member, folder)
    sharing.member.api.delete(f"/nodes/{folder['id']}")
    sharing.member.api.post(f"/nodes/{folder['id']}/restore")
    assert Visitor(link).see().data["state"] == "ready"


def test_r077_a_download_ends_when_its_link_is_stopped(sharing: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from plano.documents.faces import shared, wire

    monkeypatch.setattr(wire, "RECHECK_SECONDS", 0.0)
    monkeypatch.setattr(shared, "CHUNK", 1000)
    document = sharing.member.document("Plan.txt", b"x" * 10_000)
    link = share(sharing.member, document)
    outsider = visitor(link)
    sent: list[int] = []
    path = f"/s/{outsider.token}/content/{document['id']}"

    def stop(count: int) -> None:
        sent.append(count)
        if count == 2:
            _stop(sharing, document, link)

    answer = outsider.bytes.request("GET", path, while_sending=stop)
    assert not answer.complete
    assert len(answer.content) < 10_000


# --- Through a link ----------------------------------------------------------------------------------------


def test_a10_a_link_opens_a_folder_and_nothing_beside_or_restricted(sharing: Office) -> None:
    folder = sharing.member.create("Dossier")
    sub = sharing.member.create("Annexes", parent=folder["id"])
    sharing.member.document("Plan.txt", b"Bonjour", parent=sub["id"])
    cell = sharing.manager.create("Cellule", parent=folder["id"], restricted=True)
    hidden = sharing.manager.document("Secret.txt", b"secret", parent=cell["id"])
    beside = sharing.member.document("Voisin.txt", b"voisin")
    binned = sharing.member.document("Jeté.txt", parent=folder["id"])
    sharing.member.api.delete(f"/nodes/{binned['id']}")
    outsider = visitor(share(sharing.member, folder))
    assert outsider.names() == ["Annexes"]
    page = outsider.items(sub).data
    assert [item["name"] for item in page["items"]] == ["Plan.txt"]
    assert [step["name"] for step in page["path"]] == ["Dossier", "Annexes"]
    assert sharing.member.user.name not in str(page)
    for other in (cell, hidden, beside, binned):
        answer = outsider.bytes.get(f"/s/{outsider.token}/content/{other['id']}")
        assert code(answer) == (404, "not_found"), other["name"]
        assert outsider.items(other).status_code == 404
    got = outsider.bytes.get(f"/s/{outsider.token}/content/{page['items'][0]['id']}", Range="bytes=3-")
    assert (got.status_code, got.content) == (206, b"jour")
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-robots-tag"] == "noindex, nofollow"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert "sandbox" in got.headers["content-security-policy"]


def test_reading_the_link_changes_nothing_and_each_browser_is_one_use(sharing: Office) -> None:
    link = share(sharing.member, sharing.member.create("Dossier"), max_uses=2)
    for _ in range(5):
        assert Visitor(link).see().data["uses_left"] == 2
    first = visitor(link)
    assert first.open().status_code == 201, "again in the same browser: the same use"
    assert first.see().data["state"] == "open"
    visitor(link)
    assert code(Visitor(link).see()) == (410, "share_exhausted")
    assert code(Visitor(link).open()) == (410, "share_exhausted")
    assert first.names() == [], "whoever is in goes on"
    uses = sharing.member.api.get(f"/shares/{link['id']}/uses").data["items"]
    assert [(use["what"], use["network"]) for use in uses] == [("opened", "127.0.0.0/24")] * 2
    assert sharing.reader.api.get(f"/shares/{link['id']}/uses").status_code == 403
    more = sharing.member.api.patch(f"/shares/{link['id']}", {"max_uses": 3})
    assert more.data["state"] == "active"
    assert visitor(link).names() == []


def test_a_link_ends_at_its_date_and_can_be_prolonged(sharing: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    link = share(sharing.member, sharing.member.create("Dossier"))
    outsider = visitor(link)
    ShareLink.objects.filter(id=link["id"]).update(expires_at=clock.now() - timedelta(seconds=1))
    assert code(outsider.see()) == (410, "share_expired")
    assert code(outsider.items()) == (410, "share_expired")
    later = (clock.now() + timedelta(days=3)).isoformat()
    assert sharing.member.api.patch(f"/shares/{link['id']}", {"expires_at": later}).data["state"] == "active"
    assert outsider.see().data["state"] == "open"


def test_r025_a_password_hides_everything_and_its_tries_are_limited(sharing: Office) -> None:
    document = sharing.member.document("Plan.txt")
    link = share(sharing.member, document, password=PASSWORD)
    assert share(sharing.member, document, password="court", status=400)["errors"] == {"password": "string_too_short"}
    assert ShareLink.objects.get(id=link["id"]).password.startswith("argon2")
    outsider = Visitor(link)
    seen = outsider.see().data
    assert {name for name, value in seen.items() if value is not None} == {"state"}
    assert code(outsider.items()) == (403, "share_not_opened")
    assert code(outsider.open()) == (403, "share_password_needed")
    evaluated = 0
    for n in range(30):
        answer = outsider.open(f"essai numéro {n}")
        evaluated += code(answer) == (403, "share_password_wrong")
        assert answer.status_code in (403, 429)
    assert evaluated <= 10
    assert code(outsider.open(PASSWORD)) == (429, "too_many_attempts")
    assert ShareLink.objects.get(id=link["id"]).uses == 0


def test_the_right_password_opens_and_a_new_one_closes_what_was_open(sharing: Office) -> None:
    link = share(sharing.member, sharing.member.create("Dossier"), password=PASSWORD)
    outsider = visitor(link, PASSWORD)
    assert outsider.see().data["shared_by"] == sharing.member.user.name
    sharing.member.api.patch(f"/shares/{link['id']}", {"password": "un autre mot de passe"})
    assert outsider.see().data["state"] == "password"
    assert code(outsider.open(PASSWORD)) == (403, "share_password_wrong")


def test_a_link_that_never_was_answers_404(sharing: Office) -> None:
    assert code(Api(None).get("/s/" + "a" * 43)) == (404, "share_not_found")


def test_r138_a_network_that_knocks_too_often_waits(sharing: Office) -> None:
    link = share(sharing.member, sharing.member.create("Dossier"))
    outsider = Visitor(link)
    statuses = [outsider.see().status_code for _ in range(limits.AT_ONCE + 30)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_r075_what_the_antivirus_holds_back_does_not_leave_by_a_link(sharing: Office) -> None:
    document = sharing.member.document("Plan.txt", b"mauvais")
    outsider = visitor(share(sharing.member, document))
    node = Node.objects.get(id=document["id"])
    for state, why in (("infected", "content_infected"), ("checking", "content_checking")):
        node.versions.update(state=state)
        answer = outsider.bytes.get(f"/s/{outsider.token}/content/{document['id']}")
        assert code(answer) == (403, why)


def test_r143_what_was_done_is_forgotten_after_a_year_and_so_are_links_that_ended(sharing: Office) -> None:
    folder = sharing.member.create("Dossier")
    old, living = share(sharing.member, folder), share(sharing.member, folder)
    for link in (old, living):
        visitor(link)
    past = clock.now() - timedelta(days=366)
    ShareUse.objects.filter(link_id=living["id"]).update(at=past)
    ShareLink.objects.filter(id=old["id"]).update(expires_at=past)
    assert actions.forget_old() == 1
    assert list(ShareLink.objects.values_list("id", flat=True)) == [UUID(living["id"])]
    assert not ShareUse.objects.exists()


def test_r145_an_address_is_shortened_until_it_names_no_line() -> None:
    assert limits.shortened("203.0.113.77") == "203.0.113.0/24"
    assert limits.shortened("::ffff:203.0.113.77") == "203.0.113.0/24"
    assert limits.shortened("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48"
    assert limits.shortened("not an address") == ""


# --- The drop-box ------------------------------------------------------------------------------------------


def deposit(outsider: Visitor, name: str, content: bytes, *, by: str = "Jean Dupont", pieces: int = 1) -> Any:
    """tus: creation, then the bytes in pieces. The last answer."""
    import base64

    def packed(text: str) -> str:
        return base64.b64encode(text.encode()).decode()

    meta = f"filename {packed(name)},depositor {packed(by)}"
    answer = outsider.bytes.request(
        "POST",
        f"/s/{outsider.token}/deposits/",
        **{"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": meta},
    )
    if answer.status_code != 201:
        return answer
    location = answer.headers["location"].removeprefix("/api/v1")
    size = max(1, -(-len(content) // pieces))
    for offset in range(0, len(content), size):
        answer = outsider.bytes.request(
            "PATCH",
            location,
            content[offset : offset + size],
            **{
                "Tus-Resumable": "1.0.0",
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            },
        )
    return answer


def test_c11_an_outsider_deposits_without_seeing_and_it_says_who_and_how(sharing: Office, frames_of: Any) -> None:
    folder = sharing.member.create("Réponses")
    sharing.member.document("Offre.pdf", b"celle d'un autre", parent=folder["id"])
    link = share(sharing.member, folder, mode="drop")
    outsider = visitor(link)
    seen = outsider.see().data
    assert (seen["mode"], seen["node_id"]) == ("drop", None)
    assert outsider.items().status_code == 404
    assert outsider.bytes.get(f"/s/{outsider.token}/archive").status_code == 404
    content = b"notre offre " * 1000
    answer = deposit(outsider, "Offre.pdf", content, pieces=3)
    assert answer.status_code == 204, answer.content
    nodes = {node["name"]: node for node in sharing.reader.nodes(folder["id"])}
    assert set(nodes) == {"Offre.pdf", "Offre (2).pdf"}
    arrived = nodes["Offre (2).pdf"]
    assert (arrived["depositor"], arrived["created_by"]["name"]) == ("Jean Dupont", sharing.member.user.name)
    version = sharing.reader.api.get(f"/nodes/{arrived['id']}/versions").data["items"][0]
    assert (version["origin"], version["depositor"]) == ("deposit", "Jean Dupont")
    assert sharing.reader.bytes.get(f"/nodes/{arrived['id']}/content").content == content
    frame = frames_of(sharing.workspace.id, "documents.node")[-1]["data"]
    assert (frame["id"], frame["depositor"]) == (arrived["id"], "Jean Dupont")
    use = sharing.member.api.get(f"/shares/{link['id']}/uses").data["items"][0]
    assert (use["what"], use["name"], use["depositor"]) == ("deposited", "Offre (2).pdf", "Jean Dupont")
    assert sharing.member.document("Offre (2).pdf"[:5] + ".txt", b"y")["depositor"] == ""
    assert outsider.bytes.get(f"/s/{outsider.token}/content/{arrived['id']}").status_code == 404


def test_c11_who_made_the_link_and_who_follows_the_folder_are_told_of_deposits(sharing: Office) -> None:
    folder = sharing.member.create("Réponses")
    links = [share(sharing.member, folder, mode="drop", label=label) for label in ("Lot 1", "Lot 2")]
    for one in (sharing.member, sharing.reader):
        sharing.reader.api.put(f"/nodes/{folder['id']}/follow")
        one.api.put(f"/nodes/{folder['id']}/follow")
    for link in (*links, links[0]):
        assert deposit(visitor(link), "Offre.pdf", b"notre offre").status_code == 204

    def told(one: Seat) -> set[tuple[str, str, int]]:
        tell_followers()
        return {(n["kind"], n["title"], n["count"]) for n in one.api.get("/notifications").data["items"]}

    assert told(sharing.member) == {("deposited", "Lot 1", 2), ("deposited", "Lot 2", 1)}  # a line for each link
    assert told(sharing.reader) == {("followed", "Réponses", 3)}
    line = sharing.reader.api.get(f"/nodes/{folder['id']}/activity").data["items"][0]
    assert (line["verb"], line["depositor"], line["actor"], line["count"]) == ("deposited", "Jean Dupont", None, 3)
    # the folder is not theirs any more: silence, and what was said is hidden
    sharing.manager.api.put(f"/nodes/{folder['id']}/access", {"open": False})
    assert told(sharing.member) == told(sharing.reader) == set()


def test_c11_a_deposit_resumes_belongs_to_its_link_and_ends_with_it(sharing: Office) -> None:
    import base64

    folder = sharing.member.create("Réponses")
    link = share(sharing.member, folder, mode="drop")
    outsider = visitor(link)
    meta = ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}"
        for name, value in {"filename": "a.txt", "depositor": "Jean"}.items()
    )
    tus = {"Tus-Resumable": "1.0.0"}
    patch = tus | {"Content-Type": "application/offset+octet-stream"}
    made = outsider.bytes.request(
        "POST", f"/s/{outsider.token}/deposits/", **tus, **{"Upload-Length": "10", "Upload-Metadata": meta}
    )
    path = made.headers["location"].removeprefix("/api/v1")
    outsider.bytes.request("PATCH", path, b"01234", **patch, **{"Upload-Offset": "0"})
    assert sharing.member.api.get("/uploads").data["items"] == [], "not among the creator's own"
    assert outsider.bytes.request("HEAD", path, **tus).headers["upload-offset"] == "5"
    stranger = visitor(share(sharing.member, folder, mode="drop"))
    other = path.replace(outsider.token, stranger.token)
    assert stranger.bytes.request("HEAD", other, **tus).status_code == 404
    wrong = outsider.bytes.request("PATCH", path, b"x", **patch, **{"Upload-Offset": "3"})
    assert (wrong.status_code, wrong.data["code"]) == (409, "offset_mismatch")
    long = outsider.bytes.request("PATCH", path, b"5678901234", **patch, **{"Upload-Offset": "5"})
    assert (long.status_code, long.data["code"]) == (413, "upload_longer_than_said")
    _stop(sharing, folder, link)
    dead = outsider.bytes.request("PATCH", path, b"56789", **patch, **{"Upload-Offset": "5"})
    assert (dead.status_code, dead.data["code"]) == (410, "share_stopped")
    assert sharing.member.nodes(folder["id"]) == []
    sharing.manager.api.delete(f"/nodes/{folder['id']}")
    sharing.manager.api.delete(f"/nodes/{folder['id']}/bin")
    forget_expired()
    assert Usage.objects.get().bytes == 0, "the space of what never arrived is free again"


def test_c11_a_deposit_needs_a_name_and_space_and_tells_nothing(sharing: Office, settings: Any) -> None:
    from dataclasses import replace

    folder = sharing.member.create("Réponses")
    outsider = visitor(share(sharing.member, folder, mode="drop"))
    assert deposit(outsider, "a.txt", b"x", by=" ").data["code"] == "depositor_missing"
    assert deposit(outsider, "../a.txt", b"x").data["code"] == "name_has_slash"
    settings.PLANO = replace(settings.PLANO, workspace_quota=5)
    full = deposit(outsider, "a.txt", b"0123456789")
    assert (full.status_code, full.data["code"], full.data["errors"]) == (413, "share_full", {})
    assert share(sharing.member, sharing.member.create("x", kind="document"), mode="drop", status=400)["code"] == (
        "only_folders"
    )


def test_a_link_is_not_among_what_a_stranger_may_ask(sharing: Office) -> None:
    """The visit's cookie opens its link and nothing else."""
    document = sharing.member.document("Plan.txt")
    outsider = visitor(share(sharing.member, document))
    assert outsider.api.get(f"/nodes/{document['id']}").status_code == 401
    assert outsider.bytes.get(f"/nodes/{document['id']}/content").status_code == 401
    foreign = outsider.bytes.request(
        "POST", f"/s/{outsider.token}/deposits/", **{"Tus-Resumable": "1.0.0", "Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403


def test_old_snapshot_and_frames_of_links_are_the_fresh_snapshot(sharing: Office, frames_of: Any) -> None:
    folder = sharing.member.create("Dossier")
    path = f"/nodes/{folder['id']}/shares"

    def snapshot() -> dict[str, Any]:
        items = sharing.reader.api.get(path).data["items"]
        return {item.pop("id"): {k: v for k, v in item.items() if k != "may_manage"} for item in items}

    held = snapshot()
    before = len(frames_of(sharing.workspace.id))
    one = share(sharing.member, folder, label="Un")
    two = share(sharing.member, folder, mode="drop")
    visitor(one)
    sharing.member.api.patch(f"/shares/{two['id']}", {"label": "Deux"})
    _stop(sharing, folder, one)
    for frame in frames_of(sharing.workspace.id)[before:]:
        if frame["kind"] == "documents.share":
            data = dict(frame["data"])
            held[data.pop("id")] = data
    assert held == snapshot()
    assert ShareUse.objects.count() == 1
