"""Meetings through the API: start, find again, enter, moderate, end; grants; frames."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from plano.kernel.clock import now
from plano.kernel.ids import uuid7
from plano.meetings import actions, queries
from plano.meetings.models import Grant, Meeting, Participation
from plano.workspaces import actions as workspaces
from plano.workspaces.models import Role
from tests.factories.people import make_user
from tests.factories.workspaces import make_workspace

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., Any]
FramesOf = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def team() -> dict[str, Any]:
    people = {name: make_user(name=name.capitalize()) for name in ("alice", "bruno", "chloe", "outsider")}
    workspace = make_workspace(manager=people["alice"], members=[people["bruno"]], readers=[people["chloe"]])
    return {**people, "workspace": workspace}


def start(client: Any, workspace: Any, **body: Any) -> Any:
    answer = client.post(f"/workspaces/{workspace.id}/meetings", body)
    assert answer.status_code == 201, answer.content
    return answer.data


def session_of(client: Any) -> Any:
    from plano.accounts.models import Session

    return Session.objects.filter(user=client.user).latest("created_at")


def enter(client: Any, meeting_id: Any, resume: str | None = None) -> Participation:
    """As the gate does it."""
    joined = client.post(f"/meetings/{meeting_id}/join", {"resume": resume})
    assert joined.status_code == 200, joined.content
    return actions.enter(
        token=joined.data["token"],
        user_id=client.user.id,
        session_id=session_of(client).id,
        meeting_id=UUID(str(meeting_id)),
    )


def test_a_member_starts_a_meeting_and_all_hear_of_it(
    team: dict[str, Any], client_for: ClientFor, frames_of: FramesOf
) -> None:
    made = start(client_for(team["bruno"]), team["workspace"], title="Point quotidien")
    assert made["state"] == "open"
    assert made["mine"] == {"join": True, "moderate": True}
    frame = frames_of(team["workspace"].id, "meetings.meeting")[-1]
    assert frame["data"]["title"] == "Point quotidien"
    assert frame["data"]["participants"] == []
    seen = client_for(team["chloe"]).get(f"/workspaces/{team['workspace'].id}/meetings").data
    assert [m["id"] for m in seen["items"]] == [made["id"]]
    assert seen["start"] is False


def test_without_a_title_it_is_named_after_its_starter(team: dict[str, Any], client_for: ClientFor) -> None:
    assert start(client_for(team["bruno"]), team["workspace"])["title"] == "Réunion de Bruno"
    assert start(client_for(team["alice"]), team["workspace"])["title"] == "Réunion d’Alice"


def test_r131_a_repeated_start_makes_one_meeting(team: dict[str, Any], client_for: ClientFor) -> None:
    id = str(uuid7())
    bruno = client_for(team["bruno"])
    assert start(bruno, team["workspace"], id=id)["id"] == start(bruno, team["workspace"], id=id)["id"] == id
    taken = client_for(team["alice"]).post(f"/workspaces/{team['workspace'].id}/meetings", {"id": id})
    assert taken.status_code == 409


def test_a_channel_has_one_meeting_at_a_time(team: dict[str, Any], client_for: ClientFor) -> None:
    link = {"kind": "chat.channel", "id": str(uuid7())}
    first = start(client_for(team["alice"]), team["workspace"], link=link)
    assert start(client_for(team["bruno"]), team["workspace"], link=link)["id"] == first["id"]
    client_for(team["alice"]).post(f"/meetings/{first['id']}/end")
    assert start(client_for(team["bruno"]), team["workspace"], link=link)["id"] != first["id"]


def test_a_meeting_of_a_private_place_is_invisible_to_others(team: dict[str, Any], client_for: ClientFor) -> None:
    from plano.platform.live import unit_of_work
    from plano.workspaces.models import ScopeKind

    with unit_of_work() as emit:
        scope = workspaces.create_scope(
            emit=emit, id=uuid7(), kind=ScopeKind.CHANNEL, workspace=team["workspace"], open=False
        )
        workspaces.grant_scope(emit=emit, scope=scope, user=team["alice"], role=Role.MANAGER, granted_by=team["alice"])
    made = start(client_for(team["alice"]), team["workspace"], scope_id=str(scope.id))
    bruno = client_for(team["bruno"])
    assert bruno.get(f"/meetings/{made['id']}").status_code == 404
    assert bruno.post(f"/meetings/{made['id']}/join").status_code == 404
    assert bruno.get(f"/workspaces/{team['workspace'].id}/meetings").data["items"] == []
    foreign = bruno.post(f"/workspaces/{team['workspace'].id}/meetings", {"scope_id": str(scope.id)})
    assert foreign.status_code == 404


def test_entering_is_seen_and_leaving_too(team: dict[str, Any], client_for: ClientFor, frames_of: FramesOf) -> None:
    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    there = enter(bruno, made["id"])
    assert [m.title for m in queries.current_for(team["chloe"], team["workspace"].id)] == [made["title"]]
    frame = frames_of(team["workspace"].id, "meetings.meeting")[-1]
    assert [p["person"]["name"] for p in frame["data"]["participants"]] == ["Bruno"]
    actions.leave(participation_id=there.id)
    assert frames_of(team["workspace"].id, "meetings.meeting")[-1]["data"]["participants"] == []
    assert queries.current_for(team["chloe"], team["workspace"].id) == []


def test_the_snapshot_equals_the_last_frame(team: dict[str, Any], client_for: ClientFor, frames_of: FramesOf) -> None:
    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"], title="Un")
    enter(bruno, made["id"])
    client_for(team["alice"]).patch(f"/meetings/{made['id']}", {"title": "Deux"})
    fresh = client_for(team["chloe"]).get(f"/workspaces/{team['workspace'].id}/meetings").data["items"]
    folded: dict[str, Any] = {}
    for frame in frames_of(team["workspace"].id, "meetings.meeting"):
        folded[frame["data"]["id"]] = frame["data"]
    assert list(folded.values()) == fresh


def test_r093_a_grant_is_single_use_short_and_bound(team: dict[str, Any], client_for: ClientFor) -> None:
    from plano.kernel.errors import Forbidden

    bruno, alice = client_for(team["bruno"]), client_for(team["alice"])
    made, other = start(bruno, team["workspace"]), start(alice, team["workspace"])
    joined = bruno.post(f"/meetings/{made['id']}/join").data
    assert joined["expires_in"] <= 60
    assert joined["mode"] == "p2p"
    right = {
        "user_id": team["bruno"].id,
        "session_id": session_of(bruno).id,
        "meeting_id": Meeting.objects.get(id=made["id"]).id,
    }
    for wrong in (
        {"user_id": team["alice"].id},
        {"session_id": session_of(alice).id},
        {"meeting_id": UUID(other["id"])},
    ):
        with pytest.raises(Forbidden):
            actions.enter(token=joined["token"], **(right | wrong))
    actions.enter(token=joined["token"], **right)
    with pytest.raises(Forbidden):
        actions.enter(token=joined["token"], **right)
    late = bruno.post(f"/meetings/{made['id']}/join").data
    Grant.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(Forbidden):
        actions.enter(token=late["token"], **right)


def test_r007_rights_are_checked_again_when_a_grant_is_used(team: dict[str, Any], client_for: ClientFor) -> None:
    from plano.kernel.errors import DomainError

    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    token = bruno.post(f"/meetings/{made['id']}/join").data["token"]
    workspaces.remove_member(actor=team["alice"], workspace_id=team["workspace"].id, user_id=team["bruno"].id)
    with pytest.raises(DomainError):
        actions.enter(
            token=token, user_id=team["bruno"].id, session_id=session_of(bruno).id, meeting_id=UUID(made["id"])
        )


def test_r007_whoever_leaves_the_workspace_leaves_its_meetings(
    team: dict[str, Any], client_for: ClientFor, frames_of: FramesOf
) -> None:
    bruno = client_for(team["bruno"])
    there = enter(bruno, start(bruno, team["workspace"])["id"])
    standing = queries.Standing(there.id, team["bruno"].id, session_of(bruno).id, there.meeting_id)
    assert queries.outcast([standing])[0] == {}
    workspaces.remove_member(actor=team["alice"], workspace_id=team["workspace"].id, user_id=team["bruno"].id)
    assert queries.outcast([standing])[0] == {there.id: "access_lost"}
    assert frames_of(team["workspace"].id, "meetings.meeting")[-1]["data"]["participants"] == []


def test_r042_the_end_of_the_session_is_the_end_of_the_call(team: dict[str, Any], client_for: ClientFor) -> None:
    bruno = client_for(team["bruno"])
    there = enter(bruno, start(bruno, team["workspace"])["id"])
    standing = queries.Standing(there.id, team["bruno"].id, session_of(bruno).id, there.meeting_id)
    session_of(bruno).delete()
    assert queries.outcast([standing])[0] == {there.id: "signed_out"}


def test_r094_moderators_mute_and_remove(team: dict[str, Any], client_for: ClientFor) -> None:
    alice, bruno, chloe = (client_for(team[name]) for name in ("alice", "bruno", "chloe"))
    made = start(alice, team["workspace"])
    there = enter(bruno, made["id"])
    someone = f"/meetings/{made['id']}/participants/{there.id}"
    assert chloe.post(f"{someone}/mute").status_code == 403
    assert bruno.post(f"{someone}/remove").status_code == 403
    assert alice.post(f"{someone}/mute").status_code == 204
    standing = queries.Standing(there.id, team["bruno"].id, session_of(bruno).id, there.meeting_id)
    assert queries.outcast([standing]) == ({}, {there.id: 1})
    assert alice.post(f"{someone}/remove").status_code == 204
    assert queries.outcast([standing])[0] == {there.id: "removed"}
    back = bruno.post(f"/meetings/{made['id']}/join")
    assert (back.status_code, back.data["code"]) == (403, "removed_from_meeting")


def test_ending_is_for_all_and_for_ever(team: dict[str, Any], client_for: ClientFor) -> None:
    alice, bruno = client_for(team["alice"]), client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    enter(alice, made["id"])
    assert client_for(team["chloe"]).post(f"/meetings/{made['id']}/end").status_code == 403
    assert alice.post(f"/meetings/{made['id']}/end").data["state"] == "ended"
    assert Participation.objects.filter(left_at=None).count() == 0
    refused = bruno.post(f"/meetings/{made['id']}/join")
    assert (refused.status_code, refused.data["code"]) == (409, "meeting_ended")


def test_one_place_per_person_and_the_same_place_when_resuming(team: dict[str, Any], client_for: ClientFor) -> None:
    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    first = enter(bruno, made["id"])
    assert enter(bruno, made["id"], resume=str(first.id)).id == first.id
    second = enter(bruno, made["id"])
    assert second.id != first.id
    assert Participation.objects.filter(meeting_id=made["id"], left_at=None).count() == 1


def test_from_browser_to_browser_there_are_four_places(client_for: ClientFor) -> None:
    people = [make_user() for _ in range(5)]
    workspace = make_workspace(manager=people[0], members=people[1:])
    made = start(client_for(people[0]), workspace)
    assert (made["mode"], made["places"]) == ("p2p", 4)
    for person in people[:4]:
        enter(client_for(person), made["id"])
    full = client_for(people[4]).post(f"/meetings/{made['id']}/join")
    assert (full.status_code, full.data["code"]) == (409, "meeting_full")


def test_an_empty_meeting_ends_by_itself(team: dict[str, Any], client_for: ClientFor) -> None:
    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    there = enter(bruno, made["id"])
    assert actions.close_empty() == 0
    Participation.objects.filter(id=there.id).update(seen_at=now() - timedelta(minutes=3))
    actions.close_empty()
    assert Meeting.objects.get(id=made["id"]).empty_since is not None
    Meeting.objects.filter(id=made["id"]).update(empty_since=now() - timedelta(minutes=6))
    assert actions.close_empty() == 1
    assert bruno.get(f"/meetings/{made['id']}").data["state"] == "ended"


def test_r096_turn_credentials_live_ten_minutes(team: dict[str, Any], client_for: ClientFor, settings: Any) -> None:
    import dataclasses
    import time

    settings.PLANO = dataclasses.replace(
        settings.PLANO, turn_url="turn:turn.example.fr:3478?transport=udp", turn_secret="s" * 40
    )
    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    stun, relay = bruno.post(f"/meetings/{made['id']}/join").data["ice_servers"]
    assert stun["urls"] == ["stun:turn.example.fr:3478"]
    expiry, who = relay["username"].split(":")
    assert who == str(team["bruno"].id)
    assert 0 < int(expiry) - time.time() <= 600


def test_a_room_that_is_switched_off_answers_like_absent(team: dict[str, Any], client_for: ClientFor) -> None:
    bruno = client_for(team["bruno"])
    made = start(bruno, team["workspace"])
    workspaces.update_workspace(actor=team["alice"], workspace_id=team["workspace"].id, rooms=["chat"])
    assert bruno.get(f"/meetings/{made['id']}").status_code == 404
    assert bruno.get(f"/workspaces/{team['workspace'].id}/meetings").status_code == 404


def test_pages_follow_one_another_without_gap(team: dict[str, Any], client_for: ClientFor) -> None:
    bruno = client_for(team["bruno"])
    for number in range(60):
        made = start(bruno, team["workspace"], title=f"n° {number}")
        if number % 2:
            bruno.post(f"/meetings/{made['id']}/end")
    first = bruno.get(f"/workspaces/{team['workspace'].id}/meetings").data
    second = bruno.get(f"/workspaces/{team['workspace'].id}/meetings?cursor={first['next']}").data
    ids = [m["id"] for m in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == 60
    assert second["next"] is None
    assert [m["state"] for m in first["items"] + second["items"]] == ["open"] * 30 + ["ended"] * 30


def test_titles_resolve_only_for_those_who_see(team: dict[str, Any], client_for: ClientFor) -> None:
    made = start(client_for(team["bruno"]), team["workspace"], title="Cellule de crise")
    id = Meeting.objects.get(id=made["id"]).id
    assert queries.resolve(team["chloe"], [id])[id].title == "Cellule de crise"
    assert queries.resolve(team["outsider"], [id]) == {}
    assert [m.id for m in queries.search_names(team["chloe"], "cellule")] == [id]
    assert queries.search_names(team["outsider"], "cellule") == []


def test_the_demonstration_seeds_once_and_meets_on_working_days() -> None:
    from plano.meetings import demo

    people = {name: make_user(name=name) for name in ("alice", "bruno", "chloe")}
    workspace = make_workspace(manager=people["alice"], members=[people["bruno"]])
    workspace.slug = "plan-de-continuite"
    for _ in range(2):
        demo.seed(workspace=workspace, people=people)
    meetings = Meeting.objects.filter(workspace=workspace)
    assert sorted(meetings.values_list("state", flat=True)) == ["ended", "ended", "ended", "scheduled"]
    assert all((m.starts_at or m.created_at).weekday() < 5 for m in meetings)
