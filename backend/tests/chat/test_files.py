"""Files in conversations are documents of the library, for exactly the people of the conversation (E8, E5)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from plano.accounts.models import User
from plano.chat import actions
from plano.chat.actions import files
from plano.chat.models import Attachment, Draft, Message, MessageFile, Scheduled
from plano.documents import actions as documents
from plano.documents.models import Kind, Node
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.notifications.models import Notification
from plano.platform.live.models import Frame
from plano.workspaces.models import AccessScope
from tests.chat.conftest import Office

SECRET = "Plan de réorganisation confidentiel.txt"


@pytest.fixture
def private(office: Office) -> UUID:
    """A private channel of Bruno and the guest David."""
    channel = actions.open_channel(
        actor=office.bruno,
        workspace_id=office.workspace.id,
        id=uuid7(),
        name="Direction",
        open=False,
        members=[office.guest.id],
    )
    return channel.id


def put_file(actor: User, channel_id: UUID, name: str = SECRET) -> UUID:
    folder = files.open_folder(actor=actor, channel_id=channel_id)
    node = documents.create_node(
        actor=actor,
        workspace_id=folder.workspace_id,
        id=uuid7(),
        kind=Kind.DOCUMENT,
        name=name,
        parent_id=folder.id,
        on_conflict="keep_both",
    )
    return node.id


def in_library(office: Office, actor: User, name: str, parent: UUID | None = None, **more: Any) -> UUID:
    kind = more.pop("kind", Kind.DOCUMENT)
    workspace_id = office.workspace.id
    return documents.create_node(
        actor=actor, workspace_id=workspace_id, id=uuid7(), kind=kind, name=name, parent_id=parent, **more
    ).id


def send(office: Office, who: str, channel_id: UUID, ids: list[UUID], text: str = "", **more: Any) -> Any:
    body = {"text": text, "files": [str(id) for id in ids], **more}
    return office.api(who).post(f"/channels/{channel_id}/messages", body)


def facts(office: Office, who: str, id: UUID) -> Any:
    return office.api(who).get(f"/documents/some?id={id}").data


@pytest.mark.django_db
def test_a_file_lies_in_a_folder_for_exactly_the_people_of_the_conversation(office: Office, private: UUID) -> None:
    id = put_file(office.bruno, private)
    answer = send(office, "bruno", private, [id])
    assert answer.status_code == 201, answer.data
    assert answer.data["files"] == [str(id)]
    assert answer.data["text"] == ""
    node = Node.objects.get(id=id)
    assert node.scope_id == node.parent_id == private
    for who, sees in (("bruno", True), ("guest", True), ("alice", False), ("chloe", False), ("outsider", False)):
        assert (SECRET in str(facts(office, who, id))) is sees, who
        assert office.api(who).get(f"/nodes/{id}").status_code == (200 if sees else 404), who
    top = office.api("guest").get(f"/workspaces/{office.workspace.id}/nodes").data
    assert [(each["name"], each["access"]) for each in top["items"]] == [("Direction (réservé)", "conversation")]
    assert office.api("guest").get(f"/nodes/{private}").data["path"] == []  # never the folder above


@pytest.mark.django_db
def test_r006_nobody_outside_learns_the_name_of_a_file(office: Office, private: UUID) -> None:
    id = put_file(office.bruno, private)
    send(office, "bruno", private, [id], "Voici @David Okoye", mentions=[str(office.guest.id)])
    actions.open_channel(actor=office.chloe, workspace_id=office.workspace.id, id=uuid7(), name="Direction")
    listing = f"/workspaces/{office.workspace.id}/nodes"
    place = Node.objects.get(id=private).parent_id
    for who in ("alice", "chloe", "reader", "outsider"):
        api = office.api(who)
        paths = [
            f"/channels/{private}/messages",
            f"/channels/{private}/files",
            f"/nodes/{id}/citations",
            f"/documents/some?id={id}&id={private}",
            f"/references?kind=documents.node&id={id}",
            "/search?q=réorganisation",
            listing,
            f"{listing}?parent_id={place}",
            "/notifications",
        ]
        for path in paths:
            answer = api.get(path)
            assert "réorganisation" not in str(answer.data), (who, path)
            assert "Direction (" not in str(answer.data), (who, path)
    for path in (f"/documents/some?id={id}", f"/references?kind=documents.node&id={id}", "/search?q=réorganisation"):
        assert "réorganisation" in str(office.api("guest").get(path).data), path  # who is inside finds it
    told = Frame.objects.exclude(scope_id=private).exclude(scope_id__in=[office.bruno.id, office.guest.id])
    assert not told.filter(payload__contains="organisation confidentiel").exists()
    assert not Frame.objects.filter(kind="chat.message", payload__contains="organisation").exists()
    assert not Notification.objects.filter(title__contains="organisation").exists()
    actions.let_out(actor=office.bruno, channel_id=private, user_id=office.guest.id)
    assert facts(office, "guest", id) == {"items": [], "binned": []}
    assert office.api("guest").get(f"/nodes/{id}").status_code == 404


@pytest.mark.django_db
def test_what_happens_to_the_document_shows_in_the_conversation_at_once(office: Office) -> None:
    id = in_library(office, office.bruno, "Note.odt")
    send(office, "bruno", office.general.id, [id], "À lire")
    assert facts(office, "reader", id)["items"][0]["name"] == "Note.odt"
    documents.update_node(actor=office.bruno, node_id=id, name="Note finale.odt")
    assert facts(office, "reader", id)["items"][0]["name"] == "Note finale.odt"
    closed = in_library(office, office.alice, "Cabinet", kind=Kind.FOLDER, restricted=True)
    documents.update_node(actor=office.alice, node_id=id, move=True, parent_id=closed)
    assert facts(office, "reader", id) == {"items": [], "binned": []}  # narrowed: not even that it is there
    assert facts(office, "alice", id)["items"][0]["id"] == str(id)
    documents.update_node(actor=office.alice, node_id=id, move=True, parent_id=None)
    documents.delete_node(actor=office.bruno, node_id=id)
    assert facts(office, "reader", id) == {"items": [], "binned": [str(id)]}
    documents.restore_node(actor=office.bruno, node_id=id)
    assert facts(office, "reader", id)["items"][0]["name"] == "Note finale.odt"
    documents.delete_node(actor=office.bruno, node_id=id)
    documents.purge_node(actor=office.alice, node_id=id)
    assert facts(office, "reader", id) == {"items": [], "binned": []}
    page = office.api("reader").get(f"/channels/{office.general.id}/messages").data
    assert page["items"][0]["files"] == [str(id)]
    assert not MessageFile.objects.exists()


@pytest.mark.django_db
def test_only_what_the_sender_sees_in_this_workspace_is_carried(office: Office, private: UUID) -> None:
    hidden, open = put_file(office.bruno, private), in_library(office, office.bruno, "Ouvert.txt")
    folder = in_library(office, office.bruno, "Dossier", kind=Kind.FOLDER)
    for ids in ([hidden], [open, hidden], [uuid7()], [folder]):
        answer = send(office, "chloe", office.general.id, ids)
        assert (answer.status_code, answer.data["code"]) == (400, "file_not_found")
    assert send(office, "chloe", office.general.id, [open] * 2).data["files"] == [str(open)]
    assert send(office, "chloe", office.general.id, []).status_code == 400  # neither words nor files
    assert send(office, "chloe", office.general.id, [uuid7() for _ in range(21)]).status_code == 400
    assert send(office, "reader", office.general.id, [open]).status_code == 403
    documents.delete_node(actor=office.bruno, node_id=open)
    assert send(office, "chloe", office.general.id, [open]).status_code == 400


@pytest.mark.django_db
def test_sent_again_it_is_one_message_whatever_became_of_the_file(office: Office) -> None:
    id, message = in_library(office, office.bruno, "Une fois.txt"), str(uuid7())
    first = send(office, "bruno", office.general.id, [id], id=message)
    documents.delete_node(actor=office.bruno, node_id=id)
    again = send(office, "bruno", office.general.id, [id], id=message)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data == again.data
    assert MessageFile.objects.count() == Message.objects.filter(id=message).count() == 1


@pytest.mark.django_db
def test_an_answer_in_a_thread_carries_files_too_and_a_deleted_message_none(office: Office) -> None:
    id = in_library(office, office.bruno, "Fil.txt")
    root = office.api("alice").post(f"/channels/{office.general.id}/messages", {"text": "Des idées ?"}).data
    reply = send(office, "bruno", office.general.id, [id], thread_id=root["id"]).data
    assert office.api("bruno").patch(f"/messages/{reply['id']}", {"text": ""}).status_code == 200
    cited = office.api("chloe").get(f"/nodes/{id}/citations").data["items"]
    assert [(each["thread_id"], each["channel_name"]) for each in cited] == [(root["id"], "Général")]
    assert office.api("bruno").delete(f"/messages/{reply['id']}").data["files"] == []
    assert office.api("chloe").get(f"/nodes/{id}/citations").data["items"] == []
    assert not Frame.objects.filter(kind="chat.message", payload__contains=str(id)).exists()
    assert Node.objects.get(id=id).deleted_at is None


@pytest.mark.django_db
def test_the_files_of_a_conversation_are_listed_as_far_as_one_sees_them(office: Office, private: UUID) -> None:
    open, closed = in_library(office, office.bruno, "A.txt"), put_file(office.bruno, private)
    send(office, "bruno", private, [open, closed])
    listed = office.api("bruno").get(f"/channels/{private}/files").data["items"]
    assert [each["node_id"] for each in listed] == [str(open), str(closed)]
    listed = office.api("guest").get(f"/channels/{private}/files").data["items"]
    assert [each["node_id"] for each in listed] == [str(closed)]  # the guest is not in the workspace's library
    assert office.api("chloe").get(f"/nodes/{open}/citations").data["items"] == []  # the conversation stays unknown


@pytest.mark.django_db
def test_before_sending_one_is_told_how_many_will_not_see_it(office: Office, private: UUID) -> None:
    id = in_library(office, office.bruno, "A.txt")
    asked = {"files": [str(id)]}
    answer = office.api("bruno").post(f"/channels/{private}/files/audience", asked)
    assert answer.data["items"] == [{"node_id": str(id), "unseen": 1}]
    answer = office.api("bruno").post(f"/channels/{office.general.id}/files/audience", asked)
    assert answer.data["items"] == [{"node_id": str(id), "unseen": 0}]
    hidden = in_library(office, office.alice, "Cabinet", kind=Kind.FOLDER, restricted=True)
    secret = in_library(office, office.alice, "B.txt", parent=hidden)
    answer = office.api("bruno").post(f"/channels/{private}/files/audience", {"files": [str(secret)]})
    assert answer.data["items"] == []


@pytest.mark.django_db
def test_the_folder_follows_the_channel_and_is_ruled_there_only(office: Office, private: UUID) -> None:
    id = put_file(office.bruno, private)
    bruno, alice = office.api("bruno"), office.api("alice")
    place = Node.objects.get(id=private).parent_id
    assert bruno.patch(f"/channels/{private}", {"name": "Cabinet 7/8"}).status_code == 200
    assert bruno.get(f"/nodes/{private}").data["name"] == "Cabinet 7-8 (réservé)"
    refused = [
        bruno.patch(f"/nodes/{private}", {"name": "Ailleurs"}),
        bruno.patch(f"/nodes/{private}", {"parent_id": None}),
        bruno.delete(f"/nodes/{private}"),
        bruno.put(f"/nodes/{private}/access", {"open": True}),
        bruno.delete(f"/nodes/{private}/access"),
        bruno.put(f"/nodes/{private}/access/{office.chloe.id}", {"role": "reader"}),
        bruno.delete(f"/nodes/{private}/access/{office.guest.id}"),
        alice.delete(f"/nodes/{place}"),
    ]
    assert {answer.data["code"] for answer in refused} == {"conversation_folder", "conversation_folder_inside"}
    assert bruno.get(f"/nodes/{private}/access").data["may_manage"] is False
    put_file(office.alice, office.general.id)
    assert alice.put(f"/nodes/{place}/access", {"open": False}).status_code == 200  # the folder above only
    assert AccessScope.objects.get(id=office.general.id).open
    assert office.api("reader").get(f"/channels/{office.general.id}").status_code == 200
    actions.let_in(actor=office.bruno, channel_id=private, user_id=office.chloe.id)
    assert facts(office, "chloe", id)["items"][0]["name"] == SECRET
    actions.let_out(actor=office.bruno, channel_id=private, user_id=office.chloe.id)
    assert facts(office, "chloe", id)["items"] == []


@pytest.mark.django_db
def test_nothing_passes_for_the_folder_of_a_conversation(office: Office, private: UUID) -> None:
    """A node with the id of a scope would have its people, and take it along when it goes (R-131)."""
    original = in_library(office, office.bruno, "Original.txt")
    for id in (private, office.general.id, office.workspace.id):
        body = {"id": str(id), "kind": "folder", "name": "Faux"}
        taken = office.api("bruno").post(f"/workspaces/{office.workspace.id}/nodes", body)
        assert (taken.status_code, taken.data["code"]) == (409, "identifier_in_use")
        copied = office.api("bruno").post(f"/nodes/{original}/copy", {"id": str(id)})
        assert (copied.status_code, copied.data["code"]) == (409, "identifier_in_use")


@pytest.mark.django_db
def test_a_draft_carries_files_and_what_is_taken_off_goes_to_the_bin(office: Office) -> None:
    general, api = office.general.id, office.api("bruno")
    mine, library = put_file(office.bruno, general, "Capture.png"), in_library(office, office.bruno, "Note.txt")
    both = [str(mine), str(library)]
    draft = api.put(f"/channels/{general}/draft", {"text": "", "files": both})
    assert draft.data["files"] == both
    assert api.get("/drafts").data["items"][0]["files"] == both
    assert api.put(f"/channels/{general}/draft", {"text": "Voici"}).data["files"] == both  # says nothing of them
    assert office.api("chloe").delete(f"/channels/{general}/files/{mine}").status_code == 204
    assert Node.objects.get(id=mine).deleted_at is None  # somebody else's
    for id in (mine, library):
        assert api.delete(f"/channels/{general}/files/{id}").status_code == 204
    assert Node.objects.get(id=mine).deleted_at is not None
    assert Node.objects.get(id=library).deleted_at is None
    at_once = put_file(office.bruno, general, "Prise et retirée.png")
    assert api.delete(f"/channels/{general}/files/{at_once}").status_code == 204  # before any draft told of it
    assert Node.objects.get(id=at_once).deleted_at is not None
    sent = put_file(office.bruno, general, "Envoyée.png")
    api.put(f"/channels/{general}/draft", {"text": "", "files": [str(sent)]})
    send(office, "bruno", general, [sent])
    api.delete(f"/channels/{general}/draft")
    assert api.delete(f"/channels/{general}/files/{sent}").status_code == 204
    assert Node.objects.get(id=sent).deleted_at is None
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_what_waits_for_a_week_to_be_sent_goes_to_the_bin(office: Office) -> None:
    general, api = office.general.id, office.api("bruno")
    old, young = put_file(office.bruno, general, "Vieille.png"), put_file(office.bruno, general, "Jeune.png")
    api.put(f"/channels/{general}/draft", {"text": "Un jour", "files": [str(old), str(young)]})
    Attachment.objects.filter(node_id=old).update(touched_at=now() - timedelta(days=8))
    assert files.forget_abandoned() == 1
    assert Node.objects.get(id=old).deleted_at is not None
    assert Node.objects.get(id=young).deleted_at is None
    assert api.get("/drafts").data["items"][0]["files"] == [str(young)]
    Attachment.objects.filter(node_id=young).update(touched_at=now() - timedelta(days=8))
    at = now() + timedelta(days=20)
    Scheduled.objects.create(user=office.bruno, channel_id=general, text="Bientôt", files=[str(young)], at=at)
    assert files.forget_abandoned() == 0  # a message that waits for its time carries it
    assert Node.objects.get(id=young).deleted_at is None
