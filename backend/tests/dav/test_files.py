"""What programs do with files, and that nothing of it is ever lost."""

import hashlib
import re
from collections.abc import Callable
from typing import Any
from unittest import mock
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest

from plano.documents import actions
from plano.documents.faces import receiving
from plano.documents.models import Lock, Version
from plano.platform import blobs
from tests.dav.conftest import D, Drive, Office
from tests.documents.bytes import Bytes

HOSTILE = [
    "l’été à l'hôtel.txt", "100 % sûr.md", "#1 & #2; suite.txt", "quoi?.txt", "%2e%2e.txt", "<b>\"gras\".txt", "🙂.txt",
    "deux  espaces.txt", "espace\u00a0fixe.txt", "a:b|c*d.txt", "..points", "-rf", "CON", "virgule, point;.txt", "人事",
]  # fmt: skip


def test_the_tree_from_the_top(office: Office) -> None:
    assert office.member.find("/dav/", depth="1").keys() == {"/dav/", "/dav/files/"}
    [_, (href, props)] = office.member.find("/dav/files/", depth="1").items()
    assert (href, props[f"{D}displayname"]) == (f"/dav/files/{office.workspace.slug}/", office.workspace.name)
    assert office.outsider.names("/dav/files/") == []


def test_a_file_comes_and_goes_and_is_seen_in_the_browser(
    office: Office, frames_of: Callable[..., list[dict[str, Any]]]
) -> None:
    made = office.member.put("plan.md", b"un")
    again = office.member.put("plan.md", b"deux", 204)
    assert made.headers["etag"] != again.headers["etag"]
    [node] = office.reader.nodes()
    assert (node["name"], node["content_version"], node["sha256"]) == (
        "plan.md",
        2,
        hashlib.sha256(b"deux").hexdigest(),
    )
    assert [v.origin for v in Version.objects.order_by("number")] == ["sync", "sync"]
    answer = office.reader("GET", "plan.md")
    assert (answer.content, answer.headers["etag"]) == (b"deux", again.headers["etag"])
    assert office.reader("GET", "plan.md", Range="bytes=1-2").content == b"eu"
    assert office.reader("HEAD", "plan.md").headers["content-length"] == "4"
    assert office.reader("GET", "plan.md", If_None_Match=answer.headers["etag"]).status_code in (304, 412)
    assert office.member("DELETE", "plan.md").status_code == 204
    ops = [frame["op"] for frame in frames_of(office.workspace.id, "documents.node")]
    assert ops == ["changed", "changed", "removed"]
    [binned] = office.member.api.get(f"/workspaces/{office.workspace.id}/bin").data["items"]
    assert binned["node"]["id"] == node["id"]


def test_the_same_bytes_are_no_new_version(office: Office) -> None:
    office.member.put("plan.md", b"un")
    office.member.put("plan.md", b"un", 204)
    assert Version.objects.count() == 1


def test_an_empty_file_is_filled_afterwards_in_one_version(office: Office) -> None:
    """Windows makes a file, locks it, and sends the bytes then."""
    office.member.put("plan.docx", b"")
    token = office.member.lock("plan.docx")
    office.member.put("plan.docx", b"contenu", 204, If=f"({token})")
    for name in ("Win32CreationTime", "Win32LastModifiedTime", "Win32FileAttributes"):
        body = (
            '<propertyupdate xmlns="DAV:" xmlns:z="urn:schemas-microsoft-com:"><set><prop>'
            f"<z:{name}>x</z:{name}></prop></set></propertyupdate>"
        ).encode()
        answer = office.member("PROPPATCH", "plan.docx", body, If=f"({token})")
        assert answer.status_code == 207
        assert b"200 OK" in answer.content
    assert office.member("UNLOCK", "plan.docx", Lock_Token=token).status_code == 204
    assert Version.objects.count() == 1
    assert office.reader("GET", "plan.docx").content == b"contenu"


def test_a_large_body_comes_in_pieces(office: Office) -> None:
    pieces = [bytes([n]) * 400_000 for n in range(4)]
    assert office.member("PUT", "grand.bin", pieces).status_code == 201
    answer = office.reader("GET", "grand.bin")
    assert answer.content == b"".join(pieces)
    assert max(answer.chunks) <= 1 << 19


def test_a_body_that_is_cut_leaves_nothing(office: Office, own_store: Any) -> None:
    office.member("PUT", "plan.md", b"court", Content_Length="50")
    office.member("PUT", "grand.bin", [b"x" * 300_000], Content_Length="900000")
    assert office.member.names() == []
    assert list((own_store.root / "parts").glob("*")) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_any_legal_name_makes_the_round(office: Office, name: str) -> None:
    office.member.put(name, b"un")
    assert office.member.names() == [name]
    [_, (href, _props)] = office.member.find().items()
    assert href == f"{office.member.root}/{quote(name, safe='')}"
    assert office.member.raw("GET", href.encode()).content == b"un"
    assert office.member("MKCOL", "Dossier").status_code == 201
    moved = office.member("MOVE", name, Destination=office.member.to(f"Dossier/{name}"))
    assert moved.status_code == 201, moved.content
    assert office.member.names("Dossier") == [name]
    assert office.member("COPY", f"Dossier/{name}", Destination=office.member.to(name)).status_code == 201
    assert office.member("DELETE", name).status_code == 204


def test_unicode_forms_and_case_are_the_same_file(office: Office) -> None:
    office.member.put("Re\u0301union.md", b"un")
    office.member.put("RÉUNION.MD", b"deux", 204)
    assert office.member.names() == ["Réunion.md"]
    assert office.member("MOVE", "Réunion.md", Destination=office.member.to("RÉUNION.md")).status_code == 201
    assert office.member.names() == ["RÉUNION.md"]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_litter_of_file_managers_stays_out(office: Office, name: str) -> None:
    assert office.member("PUT", name, b"x").status_code == 403
    office.member.put("._plan.md", b"attributs")  # Finder cannot copy without it


def test_conditions_make_a_lost_race_visible(office: Office) -> None:
    etag = office.member.put("plan.md", b"un").headers["etag"]
    assert office.member("PUT", "plan.md", b"x", If_None_Match="*").status_code == 412
    assert office.member("PUT", "plan.md", b"x", If_Match='"autre"').status_code == 412
    assert office.member("PUT", "absent.md", b"x", If_Match="*").status_code == 412
    assert office.member("DELETE", "plan.md", If_Match='"autre"').status_code == 412
    office.member.put("plan.md", b"deux", 204, If_Match=etag)
    assert office.member("PUT", "plan.md", b"trois", If=f"([{etag}])").status_code == 412
    assert office.member("PUT", "plan.md", b"trois", If="n'importe quoi").status_code == 400
    assert Version.objects.count() == 2


def of_manager(office: Office, name: str, content: bytes) -> None:
    """The manager saves a newer version in the browser."""
    [node] = [node for node in office.member.nodes() if node["name"] == name]
    saved = Bytes(office.manager.api).put(f"/nodes/{node['id']}/content", content, If_Match=f'"{node["sha256"]}"')
    assert saved.status_code == 200, saved.content


def test_documents4_a_program_without_conditions_loses_nobodys_words(office: Office) -> None:
    """The library's document stays; what was saved from an older content lies beside, and grows there."""
    office.member.put("Note.odt", b"un")
    assert office.member("GET", "Note.odt").content == b"un"
    of_manager(office, "Note.odt", b"deux")
    lost = office.member.put("Note.odt", b"trois", 201)
    assert "etag" not in lost.headers
    office.member.put("Note.odt", b"trois, encore", 201)  # saved again: in the same place, not in one more
    beside = sorted(office.member.names())[0]
    assert re.fullmatch(r"Note \(conflit de Member, \d+ \S+ \d{4} \d+ h \d\d\)\.odt", beside)
    assert lost.headers["location"] == quote(f"{office.member.root}/{beside}")
    assert office.reader("GET", "Note.odt").content == b"deux"
    assert office.reader("GET", beside).content == b"trois, encore"
    office.member("GET", "Note.odt")  # read again: from here on it is a new version as ever
    office.member.put("Note.odt", b"quatre", 204)
    assert office.reader("GET", "Note.odt").content == b"quatre"
    assert len(office.member.names()) == 2


def test_documents4_a_lock_taken_too_late_is_no_condition(office: Office) -> None:
    office.member.put("Note.odt", b"un")
    of_manager(office, "Note.odt", b"deux")
    token = office.member.lock("Note.odt")
    office.member.put("Note.odt", b"trois", 201, If=f"({token})")
    assert office.reader("GET", "Note.odt").content == b"deux"


def test_documents4_whoever_removes_the_copy_beside_has_decided(office: Office) -> None:
    office.member.put("Note.odt", b"un")
    of_manager(office, "Note.odt", b"deux")
    beside = unquote(office.member.put("Note.odt", b"trois", 201).headers["location"])
    assert office.member("DELETE", beside).status_code == 204
    office.member.put("Note.odt", b"quatre", 204)
    assert office.member.names() == ["Note.odt"]


def test_documents4_what_comes_in_while_bytes_flow_is_not_run_over(office: Office) -> None:
    """Another program of the same person, which has never read the document."""
    office.member.put("Note.odt", b"un")
    other = Drive(office.member.user, office.workspace)
    [node] = office.member.nodes()
    keep = receiving.Incoming.keep

    def meanwhile(incoming: receiving.Incoming) -> None:
        keep(incoming)
        part = blobs.new_name()
        blobs.store().begin(part)
        writer = blobs.store().append(part)
        writer.write(b"deux")
        writer.close()
        blobs.store().keep(part)
        actions.save_content(actor=office.manager.user, node_id=node["id"], blob=part, sha256="2" * 64)

    with mock.patch.object(receiving.Incoming, "keep", meanwhile):
        assert other("PUT", "Note.odt", b"trois").status_code == 201
    assert office.reader("GET", "Note.odt").content == b"deux"


def test_documents4_a_save_beside_and_over_is_refused_and_stays_beside(office: Office) -> None:
    office.member.put("Note.odt", b"un")
    of_manager(office, "Note.odt", b"deux")
    office.member.put("~tmp1.tmp", b"trois")
    over = office.member("MOVE", "~tmp1.tmp", Destination=office.member.to("Note.odt"), Overwrite="T")
    assert over.status_code == 412
    assert office.reader("GET", "Note.odt").content == b"deux"
    assert office.reader("GET", "~tmp1.tmp").content == b"trois"


def test_a_file_moved_over_another_is_its_newest_version(office: Office) -> None:
    """Office programs save beside and move over: comments, links and history stay with the document."""
    office.member.put("rapport.docx", b"un")
    kept = office.member.nodes()[0]["id"]
    office.member.put("~tmp1234.tmp", b"deux")
    answer = office.member("MOVE", "~tmp1234.tmp", Destination=office.member.to("rapport.docx"), Overwrite="T")
    assert answer.status_code == 204
    [node] = office.reader.nodes()
    assert (node["id"], node["content_version"]) == (kept, 2)
    assert office.reader("GET", "rapport.docx").content == b"deux"
    versions = office.member.api.get(f"/nodes/{kept}/versions").data["items"]
    assert [version["number"] for version in versions] == [2, 1]


def test_what_has_a_history_goes_to_the_bin_when_it_is_moved_over_another(office: Office) -> None:
    office.member.put("a.md", b"un")
    office.member.put("a.md", b"deux", 204)
    office.member.put("b.md", b"trois")
    assert office.member("MOVE", "a.md", Destination=office.member.to("b.md")).status_code == 204
    [binned] = office.member.api.get(f"/workspaces/{office.workspace.id}/bin").data["items"]
    assert (binned["node"]["name"], binned["node"]["content_version"]) == ("a.md", 2)


def test_overwriting_is_refused_when_told_so(office: Office) -> None:
    office.member.put("a.md", b"un")
    office.member.put("b.md", b"deux")
    for method in ("MOVE", "COPY"):
        answer = office.member(method, "a.md", Destination=office.member.to("b.md"), Overwrite="F")
        assert answer.status_code == 412
    assert office.reader("GET", "b.md").content == b"deux"


def test_a_folder_under_another_goes_to_the_bin(office: Office) -> None:
    for name in ("Un", "Deux"):
        office.member("MKCOL", name)
        office.member.put(f"{name}/plan.md", name.encode())
    for method, expected in (("COPY", ["Deux", "Un"]), ("MOVE", ["Deux"])):
        assert office.member(method, "Un", Destination=office.member.to("Deux")).status_code == 204
        assert office.member.names() == expected
        assert office.reader("GET", "Deux/plan.md").content == b"Un"
    binned = office.member.api.get(f"/workspaces/{office.workspace.id}/bin").data["items"]
    assert [item["node"]["name"] for item in binned] == ["Deux", "Deux"]


def test_a_folder_is_copied_with_all_in_it_or_alone(office: Office) -> None:
    office.member("MKCOL", "Un")
    office.member("MKCOL", "Un/Dedans")
    office.member.put("Un/Dedans/plan.md", b"un")
    office.member.put("Un/vide.md", b"")
    assert office.member("COPY", "Un", Destination=office.member.to("Deux")).status_code == 201
    assert office.member.names("Deux") == ["Dedans", "vide.md"]
    assert office.reader("GET", "Deux/Dedans/plan.md").content == b"un"
    assert office.member("COPY", "Un", Destination=office.member.to("Trois"), Depth="0").status_code == 201
    assert office.member.names("Trois") == []
    assert office.member("COPY", "Un", Destination=office.member.to("Un/Dedans/Un")).status_code in (403, 409)
    assert office.member("MOVE", "Un", Destination=office.member.to("Un/Dedans/Un")).status_code in (403, 409)
    space = office.member.api.get(f"/workspaces/{office.workspace.id}/library").data["used"]
    assert space == 2  # bytes are shared, not copied


def test_between_workspaces_history_and_space_come_along(office: Office) -> None:
    from tests.factories.workspaces import make_workspace

    other = make_workspace(manager=office.member.user, name="Budget")
    office.member.put("plan.md", b"un")
    office.member.put("plan.md", b"deux", 204)
    there = f"http://localhost/dav/files/{other.slug}"
    assert office.member("COPY", "plan.md", Destination=f"{there}/copie.md").status_code == 201
    assert office.member("MOVE", "plan.md", Destination=f"{there}/autre.md").status_code == 201
    assert office.member.names(f"/dav/files/{other.slug}/") == ["autre.md", "copie.md"]
    assert office.reader("GET", f"/dav/files/{other.slug}/copie.md").status_code == 404
    nodes = office.member.api.get(f"/workspaces/{other.id}/nodes").data["items"]
    assert [(n["name"], n["content_version"]) for n in nodes] == [("autre.md", 2), ("copie.md", 1)]


def test_the_top_and_workspaces_are_not_changed(office: Office) -> None:
    for path in ("/dav/", "/dav/files/", office.manager.root + "/"):
        assert office.manager("DELETE", path).status_code == 403
        assert office.manager("MOVE", path, Destination=office.manager.to("x")).status_code in (403, 502)
        assert office.manager("LOCK", path, b"<lockinfo xmlns='DAV:'/>").status_code in (400, 403)
    assert office.manager("MKCOL", "/dav/files/nouveau").status_code in (403, 409)
    assert office.manager("PUT", "/dav/files/x.md", b"x").status_code in (404, 405, 409)


def test_properties_of_programs_are_kept_copied_and_moved(office: Office) -> None:
    office.member.put("plan.md")
    body = (
        b'<propertyupdate xmlns="DAV:" xmlns:c="urn:couleurs"><set><prop><c:teinte>bleu &amp; <c:b>vert</c:b>'
        b"</c:teinte></prop></set></propertyupdate>"
    )
    assert office.member("PROPPATCH", "plan.md", body).status_code == 207
    office.member("COPY", "plan.md", Destination=office.member.to("copie.md"))
    office.member("MOVE", "plan.md", Destination=office.member.to("autre.md"))
    ask = b'<propfind xmlns="DAV:" xmlns:t="urn:couleurs"><prop><t:teinte/><t:rien/></prop></propfind>'
    for name in ("copie.md", "autre.md"):
        answer = office.reader("PROPFIND", name, ask, Depth="0")
        root = ElementTree.fromstring(answer.content)
        found = root.find(".//{urn:couleurs}teinte")
        assert found is not None
        assert "".join(found.itertext()) == "bleu & vert"
        assert b"404 Not Found" in answer.content
    listed = office.reader.find()
    assert all("{urn:couleurs}teinte" in props for href, props in listed.items() if href.endswith(".md"))


def test_live_properties_are_ours(office: Office) -> None:
    office.member.put("plan.md")
    body = b'<propertyupdate xmlns="DAV:"><set><prop><getetag>x</getetag></prop></set></propertyupdate>'
    assert b"403" in office.member("PROPPATCH", "plan.md", body).content
    ask = b'<propfind xmlns="DAV:"><prop><quota-available-bytes/><quota-used-bytes/><displayname/></prop></propfind>'
    [props] = office.member.find("", "0", ask).values()
    assert int(props[f"{D}quota-available-bytes"]) > 0
    assert int(props[f"{D}quota-used-bytes"]) == 8
    names = office.member("PROPFIND", "plan.md", b'<propfind xmlns="DAV:"><propname/></propfind>', Depth="0")
    assert b"<D:getetag/>" in names.content


def test_a_lock_of_a_program_shows_in_the_browser_and_the_other_way(office: Office) -> None:
    office.member.put("plan.md")
    token = office.member.lock("plan.md")
    [node] = office.reader.nodes()
    assert (node["lock"]["owner"]["name"], node["lock"]["via"]) == ("Member", "dav")
    refused = office.manager("PUT", "plan.md", b"autre")
    assert (refused.status_code, refused.data["code"]) == (423, "locked")
    office.manager.lock("plan.md", status=423)
    assert office.member("UNLOCK", "plan.md", Lock_Token=token).status_code == 204
    actions.lock_node(actor=office.manager.user, node_id=node["id"], reason="Je relis", minutes=30)
    assert office.member("PUT", "plan.md", b"autre").status_code == 423
    assert office.member("MOVE", "plan.md", Destination=office.member.to("x.md")).status_code == 423
    assert office.member("DELETE", "plan.md").status_code == 423
    told = office.member("PROPFIND", "plan.md", Depth="0").content.decode()
    assert "<D:owner>Manager</D:owner>" in told
    assert "opaquelocktoken" not in told  # a token is its owner's
    office.manager.put("plan.md", b"autre", 204)


def test_a_locked_folder_and_what_is_in_it(office: Office) -> None:
    office.member("MKCOL", "Dossier")
    office.member.put("Dossier/plan.md")
    token = office.member.lock("Dossier", Depth="infinity")
    assert office.manager("PUT", "Dossier/plan.md", b"x").status_code == 423
    assert office.manager("PUT", "Dossier/neuf.md", b"x").status_code == 423
    assert office.member("PUT", "Dossier/plan.md", b"x").status_code == 423  # another program of the same person
    tagged = f"<http://localhost{quote(office.member.root)}/Dossier/> ({token})"
    office.member.put("Dossier/plan.md", b"x", 204, If=tagged)
    refreshed = office.member("LOCK", "Dossier/plan.md", If=f"({token})", Timeout="Second-600")
    assert refreshed.status_code == 200
    assert b"Second-" in refreshed.content
    assert office.manager("UNLOCK", "Dossier", Lock_Token=token).status_code in (403, 409)
    assert office.member("DELETE", "Dossier", If=f"({token})").status_code == 204
    assert not Lock.objects.exists()


def test_locks_end_at_the_latest_after_four_hours(office: Office) -> None:
    office.member.put("plan.md")
    office.member.lock("plan.md", Timeout="Infinite, Second-4100000000")
    assert Lock.objects.get().timeout == 4 * 3600


def test_two_share_a_lock(office: Office) -> None:
    office.member.put("plan.md")
    first = office.member.lock("plan.md", scope="shared")
    office.manager.lock("plan.md", scope="shared")
    office.manager.lock("plan.md", status=423)
    assert office.member("PUT", "plan.md", b"x").status_code == 423
    office.member.put("plan.md", b"x", 204, If=f"({first})")


def test_a_folder_answers_get_with_a_sentence(office: Office) -> None:
    assert "lecteur réseau" in office.member("GET", "").content.decode()
    assert office.member("HEAD", "").status_code == 200
    assert office.member("PUT", "", b"x").status_code == 405


def test_a_folder_of_five_thousand_is_one_answer(office: Office, django_assert_max_num_queries: Any) -> None:
    from plano.documents.models import Node
    from plano.kernel.ids import uuid7

    office.member("MKCOL", "Dossier")
    top = Node.objects.get(name="Dossier")
    people = {"created_by": office.member.user, "modified_by": office.member.user}
    rows = [
        Node(
            id=uuid7(), name=f"{n}.md", folded=f"{n}.md", workspace_id=top.workspace_id, scope_id=top.scope_id,
            parent=top, kind="document", **people,
        )
        for n in range(5000)
    ]  # fmt: skip
    Node.objects.bulk_create(rows, batch_size=500)
    with django_assert_max_num_queries(8):
        answer = office.reader("PROPFIND", "Dossier", Depth="1")
    assert answer.content.count(b"<D:response>") == 5001


def test_a_folder_of_three_thousand_is_copied(office: Office) -> None:
    from plano.documents.models import Node
    from plano.kernel.ids import uuid7

    office.member("MKCOL", "Dossier")
    office.member.put("Dossier/plan.md", b"un")
    top = Node.objects.get(name="Dossier")
    shared = {"workspace_id": top.workspace_id, "scope_id": top.scope_id, "parent": top, "kind": "document"}
    people = {"created_by": office.member.user, "modified_by": office.member.user}
    rows = [Node(id=uuid7(), name=f"{n}.md", folded=f"{n}.md", **shared, **people) for n in range(3000)]
    Node.objects.bulk_create(rows, batch_size=500)
    assert office.member("COPY", "Dossier", Destination=office.member.to("Copie")).status_code == 201
    assert len(office.reader.names("Copie")) == 3001
    assert office.reader("GET", "Copie/plan.md").content == b"un"
