"""Old snapshot + frames = fresh snapshot; numbers stay dense whoever writes at once."""

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from plano.chat.models import Message
from plano.kernel.ids import uuid7
from plano.platform.live.models import Frame, Stream
from tests.chat.conftest import Office, make_office
from tests.fixtures import Api


def messages(api: Api, channel: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in api.get(f"/channels/{channel}/messages?limit=100").data["items"]:
        found[item["id"]] = item
        if item["reply_count"]:
            replies = api.get(f"/channels/{channel}/messages?limit=100&thread_id={item['id']}").data["items"]
            found |= {reply["id"]: reply for reply in replies}
    return found


def fold(state: dict[str, Any], frames: list[dict[str, Any]], kind: str, key: str = "id") -> dict[str, Any]:
    """What the client does: newer version wins, twice is once, a removed thing goes."""
    for frame in [frame for frame in frames for _ in (1, 2) if frame["kind"] == kind]:
        new = frame["data"]
        if frame["op"] == "removed":
            state.pop(new["id"], None)
        elif new[key] not in state or state[new[key]]["version"] <= new["version"]:
            state[new[key]] = new
    return state


@pytest.mark.parametrize("seed", range(5))
def test_messages_old_snapshot_and_frames_make_the_fresh_one(office: Office, frames_of: Any, seed: int) -> None:
    chance = random.Random(seed)
    writers = {who: office.api(who) for who in ("alice", "bruno", "chloe")}
    path, made, answers = f"/channels/{office.general.id}/messages", [], []
    if seed % 2:
        writers["alice"].patch(f"/workspaces/{office.workspace.id}/chat-policy", {"traces": False})

    def act() -> None:
        who = chance.choice(list(writers))
        kind = chance.choice(["post", "post", "reply", "edit", "delete", "react", "react", "unreact", "pin", "unpin"])
        if kind == "post" or not made:
            made.append((who, writers[who].post(path, {"text": f"{chance.random()}"}).data["id"]))
        elif kind == "reply":
            answer = writers[who].post(path, {"text": "réponse", "thread_id": chance.choice(made)[1]})
            answers.extend([(who, answer.data["id"])] if answer.status_code == 201 else [])
        else:
            author, id = chance.choice([*made, *answers])
            sign = f"/messages/{id}/reactions/{chance.choice('👍✅🎉')}"
            if kind == "edit":
                writers[author].patch(f"/messages/{id}", {"text": f"{chance.random()}"})
            elif kind == "delete":
                writers[author].delete(f"/messages/{id}")
            elif "react" in kind:
                (writers[who].put if kind == "react" else writers[who].delete)(sign)
            else:
                (writers[who].put if kind == "pin" else writers[who].delete)(f"/messages/{id}/pin")

    for _ in range(15):
        act()
    old = messages(writers["alice"], office.general.id)
    seen = Stream.objects.get(id=office.general.id).seq
    for _ in range(25):
        act()
    frames = frames_of(office.general.id)

    assert [frame["seq"] for frame in frames] == list(range(1, len(frames) + 1))
    later = [frame for frame in frames if frame["seq"] > seen]
    assert fold(old, later, "chat.message") == messages(writers["alice"], office.general.id)
    assert fold({}, frames, "chat.message") == messages(writers["alice"], office.general.id)


def test_channels_old_snapshot_and_frames_make_the_fresh_one(office: Office, frames_of: Any) -> None:
    path = f"/workspaces/{office.workspace.id}"

    def shared(api: Api) -> dict[str, Any]:
        items = api.get(f"{path}/channels").data["items"]
        return {item["id"]: {key: value for key, value in item.items() if key != "mine"} for item in items}

    chloe, bruno = office.api("chloe"), office.api("bruno")
    old = shared(chloe)
    before = {scope: Stream.objects.get(id=scope).seq for scope in (office.workspace.id, office.chloe.id)}
    for body in ({"name": "Ouvert"}, {"name": "À deux", "open": False, "members": [str(office.chloe.id)]}):
        made = bruno.post(f"{path}/channels", body).data
        bruno.patch(f"/channels/{made['id']}", {"topic": "Sujet"})
    bruno.post(f"{path}/channels", {"name": "Sans elle", "open": False})
    bruno.post(f"{path}/conversations", {"user_id": str(office.chloe.id)})
    fresh = shared(chloe)

    scopes = [*before, *(UUID(id) for id in fresh)]
    frames = [f for scope in scopes for f in frames_of(scope) if f["seq"] > before.get(scope, 0)]
    assert len(fresh) == 4
    assert fold(old, frames, "chat.channel") == fresh


def test_marks_old_snapshot_and_frames_make_the_fresh_one(office: Office, say: Any, frames_of: Any) -> None:
    api = office.api("chloe")

    def marks() -> dict[str, Any]:
        return {item["channel_id"]: item for item in api.get("/unread").data["items"]}

    say("bruno", "avant")
    old = marks()
    numbers = [say("bruno", f"@Chloé Nguyen {n}", mentions=[str(office.chloe.id)])["seq"] for n in range(3)]
    api.put(f"/channels/{office.general.id}/mark", {"seq": numbers[0]})
    api.put(f"/channels/{office.general.id}/level", {"level": "mentions"})
    api.put(f"/channels/{office.general.id}/mark", {"seq": numbers[1]})

    assert fold(old, frames_of(office.chloe.id), "chat.mark", "channel_id") == marks()


def test_drafts_old_snapshot_and_frames_make_the_fresh_one(office: Office, say: Any, frames_of: Any) -> None:
    api, path = office.api("chloe"), f"/channels/{office.general.id}/draft"
    root = say("bruno", "Qui ?")

    def drafts() -> dict[str, Any]:
        return {item["id"]: item for item in api.get("/drafts").data["items"]}

    api.put(path, {"text": "un"})
    old, seen = drafts(), Stream.objects.get(id=office.chloe.id).seq
    api.put(path, {"text": "un deux"})
    api.put(path, {"text": "fil", "thread_id": root["id"]})
    api.delete(path)
    api.put(path, {"text": "encore"})
    later = [frame for frame in frames_of(office.chloe.id) if frame["seq"] > seen]

    assert fold(old, later, "chat.draft") == drafts()


def together(jobs: list[Any], workers: int = 12) -> list[Any]:
    def closing(job: Any) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(closing, jobs))


@pytest.mark.django_db(transaction=True)
def test_r131_fifty_sends_of_one_message_at_once_make_one_and_burn_no_number() -> None:
    office, key = make_office(), str(uuid7())
    path = f"/channels/{office.general.id}/messages"
    before = Stream.objects.get(id=office.general.id).seq
    apis = [office.api("bruno") for _ in range(50)]
    answers = together([lambda api=api: api.post(path, {"text": "Une fois", "id": key}) for api in apis], 16)

    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert Message.objects.count() == 1
    assert Stream.objects.get(id=office.general.id).seq == before + 1
    assert Frame.objects.filter(scope_id=office.general.id).count() == before + 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_r092_writers_at_once_never_leave_a_gap_or_lock_each_other(seed: int) -> None:
    """Messages, replies, mentions of each other, edits, deletions and refused sends, in two channels."""
    office, chance = make_office(), random.Random(seed)
    second = office.api("alice").post(f"/workspaces/{office.workspace.id}/channels", {"name": "Astreintes"}).data["id"]
    channels = [str(office.general.id), second]
    people = ["alice", "bruno", "chloe"]
    roots = {c: office.api("bruno").post(f"/channels/{c}/messages", {"text": "Racine"}).data["id"] for c in channels}

    def job(number: int) -> Any:
        who, channel = chance.choice(people), chance.choice(channels)
        body: dict[str, Any] = {"text": f"n° {number}"}
        kind = chance.choice(["plain", "plain", "mention", "reply", "edit", "refused"])
        if kind == "mention":
            named = [getattr(office, other) for other in chance.sample(people, 2)]
            body = {"text": " ".join(f"@{p.name}" for p in named), "mentions": [str(p.id) for p in named]}
        elif kind == "reply":
            body["thread_id"] = roots[channel]
        elif kind == "refused":
            body["mentions"] = [str(office.outsider.id)]
        if kind == "edit":
            return lambda: office.api("bruno").patch(f"/messages/{roots[channel]}", body).status_code
        return lambda: office.api(who).post(f"/channels/{channel}/messages", body).status_code

    statuses = together([job(number) for number in range(150)])

    assert set(statuses) <= {200, 201, 400}
    for channel in channels:
        numbers = list(Frame.objects.filter(scope_id=channel).order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert Stream.objects.get(id=channel).seq == len(numbers)
        seqs = list(Message.objects.filter(channel_id=channel).values_list("seq", flat=True))
        assert len(set(seqs)) == len(seqs)
        root = Message.objects.get(id=roots[channel])
        assert root.reply_count == Message.objects.filter(thread=root).count()
        frames = list(Frame.objects.filter(scope_id=channel, kind="chat.message").order_by("seq"))
        state = fold({}, [_read(frame) for frame in frames], "chat.message")
        assert state == messages(office.api("alice"), channel)


def _read(frame: Frame) -> dict[str, Any]:
    import json

    return {"kind": frame.kind, "op": frame.op, "data": json.loads(frame.payload)}
