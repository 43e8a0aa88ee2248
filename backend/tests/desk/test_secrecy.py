"""R-06: a unique word in a private thing of each kind shows nowhere to anybody else."""

import re
from collections.abc import Callable

import pytest

from plano.kernel.clock import now
from plano.meetings.models import Meeting, Participation
from tests.architecture.matrix import ROLES
from tests.desk.office import Office

WORD = "Zyxomma"
STRANGERS = ("anonymous", "outsider", "admin", "removed", "disabled")
OTHERS = {role for role in ROLES if role != "manager"}


def private_channel(office: Office) -> set[str]:
    channel = office.channel(f"{WORD} canal", open=False)
    office.say(channel, f"{WORD} message")
    return OTHERS


def conversation(office: Office) -> set[str]:
    channel = office.make(f"{office.path}/conversations", {"user_id": str(office.id("member"))})
    office.say(channel, f"{WORD} entre nous", mentions=[str(office.id("member"))])
    return OTHERS - {"member"}


def restricted_folder(office: Office) -> set[str]:
    folder = office.folder(f"{WORD} dossier", restricted=True)
    office.document(f"{WORD}.txt", parent_id=str(folder))
    return OTHERS


def private_meeting(office: Office) -> set[str]:
    channel = office.channel("direction", open=False)
    meeting = office.meeting(f"{WORD} réunion", scope_id=str(channel))
    Participation.objects.create(
        meeting=Meeting.objects.get(id=meeting), user=office.world.person("manager"), seen_at=now()
    )
    return OTHERS


def task(office: Office) -> set[str]:
    ids = [str(office.id("reader")), str(office.id("member"))]
    office.task(f"{WORD} tâche", assignee_ids=ids, due_date=now().date().isoformat())
    return {*STRANGERS, "guest"}


def event(office: Office) -> set[str]:
    office.event(f"{WORD} événement", attendees=[str(office.id("reader"))])
    return {*STRANGERS, "guest"}


def open_channel(office: Office) -> set[str]:
    channel = office.channel(f"{WORD} canal")
    office.say(channel, f"{WORD} message", mentions=[])
    return {*STRANGERS, "guest"}


def binned_document(office: Office) -> set[str]:
    node = office.document(f"{WORD}.txt")
    assert office.api("manager").delete(f"/nodes/{node}").status_code == 204
    return set(ROLES)


def workspace_name(office: Office) -> set[str]:
    assert office.api("manager").patch(office.path, {"name": f"{WORD} espace"}).status_code == 200
    return set(STRANGERS)


def person(office: Office) -> set[str]:
    found = office.world.bystander
    found.name = f"{WORD} Personne"
    found.save(update_fields=["name"])
    return set(STRANGERS)


PLANTED = [
    private_channel, conversation, restricted_folder, private_meeting, task, event, open_channel, binned_document,
    workspace_name, person,
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_r006_what_is_private_is_found_nowhere(office: Office, plant: Callable[[Office], set[str]]) -> None:
    blind = plant(office)
    for role in blind:
        api = office.api(role)
        for path in (
            f"/search?q={WORD}",
            f"/search?q={WORD[:4]}&workspace_id={office.workspace.id}",
            "/desk",
            f"{office.path}/home",
            "/notifications",
        ):
            assert WORD.casefold() not in api.get(path).content.decode().casefold(), (role, path)
    seeing = set(ROLES) - blind - {"anonymous", "disabled", "guest"}
    for role in seeing:
        text = office.api(role).get(f"/search?q={WORD}").content.decode()
        assert re.search(WORD, text) or plant is conversation, role


def test_r006_what_was_told_to_somebody_who_left_shows_no_more(office: Office) -> None:
    member = str(office.id("member"))
    channel = office.channel(f"{WORD} canal", open=False, members=[member])
    office.say(channel, f"@Personne member {WORD}", mentions=[member])
    seen = [
        office.api("member").get(path).content.decode() for path in ("/notifications", "/desk", f"/search?q={WORD}")
    ]
    assert all(WORD in text for text in seen)
    assert office.api("manager").delete(f"/channels/{channel}/members/{member}").status_code == 204
    for path in ("/notifications", "/desk", f"/search?q={WORD}", f"{office.path}/home"):
        assert WORD not in office.api("member").get(path).content.decode(), path
    for kind, id in (("chat.channel", channel), ("workspaces.workspace", office.world.elsewhere.id)):
        assert office.api("member").get(f"/references?kind={kind}&id={id}").data == {"items": []}
