"""Copies of conversations: who may ask, what they hold, and what becomes of them."""

import hashlib
import io
import json
import re
import tracemalloc
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from plano.chat.actions.exports import forget_exports, write_export
from plano.chat.models import ChatPolicy, Export, Message
from plano.chat.schemas.exports import ExportedConversation
from plano.documents import actions as documents
from plano.documents.models import Kind, Origin
from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.platform import blobs
from plano.platform.audit.models import Entry
from plano.platform.live.models import Stream
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Membership, Role, ScopeGrant
from tests.documents.bytes import Bytes

HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(1)> "><svg onload=alert(1)>
[x](javascript:alert(1)) https://exemple.fr/?a=1&b="><script>alert(2)</script> &lt;b&gt;"""


@pytest.fixture
def allowed(office: Any) -> None:
    ChatPolicy.objects.create(workspace=office.workspace, exports=True)


@pytest.fixture
def ask(office: Any) -> Any:
    def go(who: str, channel: Any = None) -> Any:
        return office.api(who).post(f"/channels/{channel or office.general.id}/exports", {})

    return go


def made(answer: Any) -> Export:
    write_export(answer.data["id"])
    return Export.objects.get(id=answer.data["id"])


def opened(export: Export) -> zipfile.ZipFile:
    content = blobs.store().open(export.blob)
    archive = zipfile.ZipFile(io.BytesIO(content.read(0, content.size)))
    content.close()
    assert archive.testzip() is None
    return archive


def conversation(export: Export) -> dict[str, Any]:
    archive = opened(export)
    ExportedConversation.model_validate_json(archive.read("conversation.json"))
    described = json.loads(archive.read("schema.json"))["properties"]
    found = json.loads(archive.read("conversation.json"))
    assert list(found) == list(described)
    return dict(found)


def download(office: Any, who: str, export: Export) -> tuple[int, bytes]:
    answer = Bytes(office.api(who)).get(f"/exports/{export.id}/content")
    return answer.status_code, answer.content


def test_a_copy_holds_what_its_asker_reads_and_everybody_is_told(
    office: Any, say: Any, ask: Any, allowed: None
) -> None:
    root = say("bruno", HOSTILE)
    say("chloe", "Une réponse", thread_id=root["id"])
    gone, better = say("chloe", "Ce mot disparaît"), say("chloe", "Ce mot change")
    office.api("chloe").delete(f"/messages/{gone['id']}")
    office.api("chloe").patch(f"/messages/{better['id']}", {"text": "Ce mot a changé"})
    office.api("alice").put(f"/messages/{root['id']}/reactions/👍")
    office.api("alice").put(f"/messages/{root['id']}/pin")
    office.api("alice").post(f"/channels/{office.general.id}/polls", {"question": "Quand ?", "options": ["A", "<b>B"]})

    answer = ask("alice")
    assert answer.status_code == 202
    line = Message.objects.filter(channel=office.general).latest("seq")
    assert (line.system["verb"], line.author_id) == ("exported", office.alice.id)  # told when asked for
    export = made(answer)
    assert (export.state, export.done) == ("ready", export.total)
    found = conversation(export)
    by_text = {one["text"]: one for one in found["messages"]}
    assert HOSTILE in by_text
    assert "Ce mot disparaît" not in json.dumps(found)
    assert by_text["Une réponse"]["thread"] == root["id"]
    assert [one["text"] for one in by_text["Ce mot a changé"]["revisions"]] == ["Ce mot change"]
    assert by_text[HOSTILE]["reactions"][0]["people"] == [str(office.alice.id)]
    assert by_text[HOSTILE]["pinned_at"].endswith("Z")
    assert {one["name"] for one in found["people"]} >= {"Alice Martin", "Bruno Lefèvre", "Chloé Nguyen"}
    pages = [name for name in opened(export).namelist() if name.endswith(".html")]
    assert len(pages) == 2
    for name in pages:
        html = opened(export).read(name).decode()
        assert not re.search(
            r"<(script|img|svg|iframe|object|link|b)[\s>]|\son\w+\s*=\s*[\"']|href=\"(?!https?://|\.\./|pages/)", html
        )
        assert "default-src 'none'" in html
    [told] = office.api("alice").get("/notifications").data["items"]
    assert told["kind"] == "export_ready"
    assert ask("alice").status_code == 202


def test_who_may_not_export_gets_nothing_even_when_they_could_a_moment_ago(office: Any, say: Any, ask: Any) -> None:
    say("bruno", "Bonjour")
    assert ask("alice").data["code"] == "exports_not_allowed"
    rules = ChatPolicy.objects.create(workspace=office.workspace, exports=True)
    assert [ask(who).status_code for who in ("bruno", "reader", "guest", "outsider")] == [403, 403, 404, 404]
    path = f"/workspaces/{office.workspace.id}"
    private = office.api("bruno").post(f"{path}/channels", {"name": "À part", "open": False}).data["id"]
    pair = office.api("bruno").post(f"{path}/conversations", {"user_id": str(office.chloe.id)}).data["id"]
    assert [ask("alice", private).status_code, ask("alice", pair).status_code] == [404, 404]
    assert [ask("bruno", private).status_code, ask("chloe", pair).status_code] == [202, 202]
    assert ask("bruno", private).data["code"] == "export_running"

    export = made(ask("alice"))
    status, body = download(office, "alice", export)
    assert status == 200
    assert len(body) == export.size
    assert zipfile.is_zipfile(io.BytesIO(body))
    assert download(office, "bruno", export)[0] == 404
    rules.exports = False
    rules.save()
    assert download(office, "alice", export)[0] == 403
    rules.exports = True
    rules.save()
    waiting = ask("alice")
    Membership.objects.filter(user=office.alice).update(role=Role.MEMBER)
    assert download(office, "alice", export)[0] == 403
    assert made(waiting).state == "failed"
    assert Entry.objects.filter(action="channel.export_downloaded").count() == 1
    shown = office.api("chloe").get(f"/channels/{office.general.id}/exports").data
    assert [(one["state"], one["mine"], one["size"]) for one in shown["items"]] == [
        ("failed", False, 0),
        ("ready", False, 0),
    ]
    assert shown["allowed"] is False


def test_a_copy_names_only_the_documents_that_the_library_shows(office: Any, ask: Any, allowed: None) -> None:
    workspace_id, id = office.workspace.id, uuid7()
    documents.create_node(actor=office.bruno, workspace_id=workspace_id, id=id, kind=Kind.DOCUMENT, name="Plan.txt")
    blob, digest = blobs.new_name(), hashlib.sha256(b"Dix ponts").hexdigest()
    store = blobs.store()
    store.begin(blob)
    part = store.append(blob)
    part.write(b"Dix ponts")
    part.close()
    store.keep(blob)
    documents.save_content(actor=office.bruno, node_id=id, blob=blob, sha256=digest, origin=Origin.UPLOAD)
    body = {"text": "Voici", "files": [str(id)]}
    assert office.api("bruno").post(f"/channels/{office.general.id}/messages", body).status_code == 201

    def carried() -> Any:
        return next(one["files"] for one in conversation(made(ask("alice")))["messages"] if one["files"])

    assert carried() == [{"id": str(id), "name": "Plan.txt", "size": 9, "sha256": digest}]
    rooms = [room for room in office.workspace.rooms if room != "documents"]
    workspaces.update_workspace(actor=office.alice, workspace_id=workspace_id, rooms=rooms)
    assert carried() == [{"id": str(id), "name": None, "size": None, "sha256": None}]


def test_the_past_that_a_newcomer_does_not_read_is_not_in_their_copy(
    office: Any, say: Any, ask: Any, allowed: None
) -> None:
    body = {"name": "Mutations", "open": False, "history": "joined"}
    channel = office.api("bruno").post(f"/workspaces/{office.workspace.id}/channels", body).data["id"]
    say("bruno", "Avant", channel=channel)
    office.api("bruno").post(f"/channels/{channel}/members", {"user_id": str(office.chloe.id)})
    ScopeGrant.objects.filter(scope_id=channel, user=office.chloe).update(role=Role.MANAGER)
    say("bruno", "Après", channel=channel)
    export = made(ask("chloe", channel))
    texts = [one["text"] for one in conversation(export)["messages"]]
    assert "Après" in texts
    assert "Avant" not in texts
    everything = made(ask("bruno", channel))
    assert "Avant" in [one["text"] for one in conversation(everything)["messages"]]


def test_bytes_go_after_a_week_and_a_long_talk_takes_no_memory(office: Any, say: Any, ask: Any, allowed: None) -> None:
    first = say("bruno", "Bonjour")
    rows = [
        Message(id=uuid7(), channel=office.general, author=office.bruno, seq=first["seq"] + n, text=f"Ligne {n} " * 40)
        for n in range(1, 4001)
    ]
    Message.objects.bulk_create(rows, batch_size=1000)
    Stream.objects.filter(id=office.general.id).update(seq=first["seq"] + 4000)
    del rows
    answer = ask("alice")
    tracemalloc.start()
    export = made(answer)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 24 << 20, f"{peak >> 20} MB"
    assert len([name for name in opened(export).namelist() if name.startswith("pages/")]) == 3
    Export.objects.filter(id=export.id).update(expires_at=now() - timedelta(seconds=1))
    assert forget_exports() == 1
    assert download(office, "alice", export)[0] == 404
    with pytest.raises(blobs.Missing):
        blobs.store().open(export.blob)
    assert office.api("alice").get(f"/channels/{office.general.id}/exports").data["items"][0]["state"] == "gone"
