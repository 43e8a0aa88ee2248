"""Janus behind the port: a hidden room per meeting, two publishers at most and one receiver per participant.

The browser never speaks to Janus: it knows no room, no secret and no feed but those that we give it (media.md §9).
"""

import asyncio
import hashlib
import hmac
import logging
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings

from plano.meetings.media.base import (
    Candidate,
    HungUp,
    Jsep,
    Lost,
    MediaRefused,
    MediaServer,
    MediaUnavailable,
    Offer,
    Seat,
    Source,
    Stream,
    Tell,
)
from plano.meetings.media.janus_client import Body, JanusClient

ROOM_EXISTS = "427"
ID_EXISTS = "436"
ANSWER_SECONDS = 15.0
WAIT_FOR_SERVER = 6.0
SCREEN = ".screen"
log = logging.getLogger("plano.meetings")


class JanusServer(MediaServer):
    """One Janus, of our own or named by PLANO_JANUS_URL."""

    def __init__(self, *, url: str, secret: str) -> None:
        self.secret = secret
        self.client = JanusClient(url=url, secret=secret, on_up=lambda: None, on_down=self._lost)
        self._desk: int | None = None
        self._desk_lock = asyncio.Lock()
        self._seats: set[JanusSeat] = set()

    async def start(self) -> None:
        await self.client.start()

    async def stop(self) -> None:
        await self.client.stop()

    def healthy(self) -> bool:
        return self.client.up.is_set()

    async def take_seat(self, *, meeting_id: UUID, participant_id: UUID, tell: Tell) -> "JanusSeat":
        try:
            await asyncio.wait_for(self.client.up.wait(), WAIT_FOR_SERVER)
        except TimeoutError:
            raise MediaUnavailable from None
        await self._open_room(meeting_id)
        seat = JanusSeat(self, room=room_of(meeting_id), me=str(participant_id), tell=tell)
        self._seats.add(seat)
        try:
            await seat.enter()
        except BaseException:
            await seat.leave()
            raise
        return seat

    async def close_room(self, meeting_id: UUID) -> None:
        with suppress(MediaRefused, MediaUnavailable):
            await self.at_desk({"request": "destroy", "room": room_of(meeting_id), "secret": secret_of(meeting_id)})

    async def at_desk(self, body: Body) -> Body:
        """A request of ours about rooms, on a handle that is in none."""
        async with self._desk_lock:
            if self._desk is None:
                self._desk = await self.client.attach(lambda _: None)
            handle = self._desk
        data, _ = await self.client.request(handle, body)
        return data

    def forget(self, seat: "JanusSeat") -> None:
        self._seats.discard(seat)

    async def _open_room(self, meeting_id: UUID) -> None:
        """The room lives in Janus's memory only: always made if absent."""
        try:
            await self.at_desk(
                {
                    "request": "create",
                    "room": room_of(meeting_id),
                    "secret": secret_of(meeting_id),
                    "admin_key": self.secret,
                    "is_private": True,
                    "publishers": 200,
                    "bitrate": 2_000_000,
                    "fir_freq": 10,
                    "audiocodec": "opus",
                    "videocodec": "vp8",
                    "lock_record": True,
                    "notify_joining": False,
                    "permanent": False,
                }
            )
        except MediaRefused as refusal:
            if not str(refusal).startswith(ROOM_EXISTS):
                raise

    def _lost(self) -> None:
        self._desk = None
        seats, self._seats = self._seats, set()
        for seat in seats:
            seat.lost()


class JanusSeat(Seat):
    """A participant's handles: `main` and `screen` publish, `receive` gets all that others publish."""

    def __init__(self, server: JanusServer, *, room: str, me: str, tell: Tell) -> None:
        self.server = server
        self.client = server.client
        self.room = room
        self.me = me
        self.tell = tell
        self._handles: dict[str, int] = {}
        self._published: set[str] = set()
        self._sound: str | None = None
        self._muted = False
        self._feeds: set[str] = set()
        self._followed: set[str] = set()
        self._wake = asyncio.Event()
        self._answered: asyncio.Future[None] | None = None
        self._renew = False
        self._gone = False
        self._publishing = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        await self._join("main")
        self._task = asyncio.create_task(self._follow())

    async def publish(self, source: Source, jsep: Jsep) -> Jsep:
        async with self._publishing:
            if source not in self._handles:
                await self._join(source)
            again = source in self._published
            body: Body = {"request": "configure" if again else "publish"}
            _, answer = await self.client.request(self._handles[source], body, jsep)
            if answer is None:
                raise MediaRefused("no answer")
            self._published.add(source)
            if source == "main":
                self._sound = _audio_mid(jsep["sdp"])
                if self._muted:
                    await self.silence(muted=True)
            return answer

    async def unpublish(self, source: Source) -> None:
        async with self._publishing:
            handle = self._handles.get(source)
            if handle is None or source not in self._published:
                return
            self._published.discard(source)
            if source == "screen":
                del self._handles[source]
                await self.client.detach(handle)
            else:
                await self.client.request(handle, {"request": "unpublish"})

    async def answer(self, jsep: Jsep) -> None:
        waiting = self._answered
        handle = self._handles.get("receive")
        if handle is None or waiting is None:
            return
        await self.client.request(handle, {"request": "start"}, jsep)
        if not waiting.done():
            waiting.set_result(None)

    async def trickle(self, pc: str, candidate: dict[str, Any] | None) -> None:
        handle = self._handles.get(pc)
        if handle is not None:
            await self.client.trickle(handle, candidate)

    async def layer(self, mid: str, substream: int) -> None:
        handle = self._handles.get("receive")
        if handle is None:
            return
        line: Body = {"mid": mid, "send": substream >= 0}
        if substream >= 0:
            line["substream"] = substream
        await self.client.request(handle, {"request": "configure", "streams": [line]})

    async def renew(self) -> None:
        self._renew = True
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(None)
        self._wake.set()

    async def silence(self, *, muted: bool) -> None:
        self._muted = muted
        if "main" not in self._published or self._sound is None:
            return
        body = {"request": "moderate", "room": self.room, "id": self.me, "mid": self._sound, "mute": muted}
        await self.server.at_desk({**body, "secret": _secret(self.room)})

    async def leave(self) -> None:
        self._gone = True
        self.server.forget(self)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        handles, self._handles = list(self._handles.values()), {}
        await asyncio.gather(*(self.client.detach(handle) for handle in handles))

    def lost(self) -> None:
        """The server forgot everything."""
        if not self._gone:
            self._gone = True
            self._handles.clear()
            if self._task is not None:
                self._task.cancel()
            self.tell(Lost())

    async def _join(self, source: Source) -> None:
        handle = await self.client.attach(lambda message: self._hear(source, message))
        self._handles[source] = handle
        id = self.me + SCREEN if source == "screen" else self.me
        body = {"request": "join", "ptype": "publisher", "room": self.room, "id": id, "display": ""}
        try:
            data, _ = await self.client.request(handle, body)
        except MediaRefused as refusal:
            if not str(refusal).startswith(ID_EXISTS):
                raise
            # a seat that an earlier life of ours left behind
            await self.server.at_desk({"request": "kick", "room": self.room, "id": id, "secret": _secret(self.room)})
            data, _ = await self.client.request(handle, body)
        if source == "main":
            self._saw(data.get("publishers", []))

    def _hear(self, pc: str, message: Body) -> None:
        kind = message["janus"]
        if kind == "trickle":
            candidate = message.get("candidate") or {}
            self.tell(Candidate(pc=pc, candidate=None if candidate.get("completed") else candidate))
        elif kind in ("hangup", "detached") and not self._gone:
            self._published.discard(pc)
            if pc == "receive":
                self._renew = True
                self._wake.set()
            else:
                self.tell(HungUp(pc=pc))
        elif kind == "event" and pc == "main":
            data = message.get("plugindata", {}).get("data", {})
            self._saw(data.get("publishers", []))
            for field in ("unpublished", "leaving"):
                if isinstance(data.get(field), str):
                    self._feeds.discard(data[field])
                    self._wake.set()

    def _saw(self, publishers: list[Body]) -> None:
        """Others publish: the feed exists for us from this event on, not before."""
        for publisher in publishers:
            if not str(publisher["id"]).startswith(self.me):
                self._feeds.add(str(publisher["id"]))
        self._wake.set()

    async def _follow(self) -> None:
        """Bring what is received in line with what is published, one offer at a time."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._catch_up()
            except MediaUnavailable:
                await asyncio.sleep(0.5)
                self._wake.set()
            except MediaRefused as refusal:
                log.info("receiving was refused: %s", refusal)
                self._renew = True
                self._feeds = await self._publishing_now()
                await asyncio.sleep(0.3)
                self._wake.set()

    async def _catch_up(self) -> None:
        if self._renew:
            self._renew = False
            self._followed.clear()
            old = self._handles.pop("receive", None)
            if old is not None:
                await self.client.detach(old)
        more, less = self._feeds - self._followed, self._followed - self._feeds
        if not more and not less:
            return
        fresh = "receive" not in self._handles
        if fresh and not more:
            self._followed.clear()
            return
        if fresh:
            self._handles["receive"] = await self.client.attach(lambda message: self._hear("receive", message))
            body: Body = {
                "request": "join",
                "ptype": "subscriber",
                "room": self.room,
                "autoupdate": False,
                "streams": [{"feed": feed} for feed in sorted(more)],
            }
        else:
            body = {"request": "update"}
            if more:
                body["subscribe"] = [{"feed": feed} for feed in sorted(more)]
            if less:
                body["unsubscribe"] = [{"feed": feed} for feed in sorted(less)]
        self._answered = asyncio.get_running_loop().create_future()
        data, jsep = await self.client.request(self._handles["receive"], body)
        self._followed = (self._followed | more) - less
        if jsep is None:
            return
        self.tell(Offer(jsep=jsep, streams=_streams(data.get("streams", [])), fresh=fresh))
        try:
            await asyncio.wait_for(self._answered, ANSWER_SECONDS)
        except TimeoutError:
            self._renew = True
            self._wake.set()

    async def _publishing_now(self) -> set[str]:
        with suppress(MediaUnavailable, MediaRefused):
            body = {"request": "listparticipants", "room": self.room}
            found = (await self.server.at_desk(body)).get("participants", [])
            there = {str(each["id"]) for each in found if each.get("publisher")}
            return {feed for feed in there if not feed.startswith(self.me)}
        return self._feeds


def room_of(meeting_id: UUID) -> str:
    """A name that nobody can guess, the same after a restart of either side."""
    return _keyed("room", str(meeting_id))


def secret_of(meeting_id: UUID) -> str:
    return _secret(room_of(meeting_id))


def _secret(room: str) -> str:
    return _keyed("secret", room)


def _keyed(use: str, text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"meetings.{use}:{text}".encode(), hashlib.sha256).hexdigest()[:40]


def _streams(lines: list[Body]) -> list[Stream]:
    found = []
    for line in lines:
        feed = str(line.get("feed_id", ""))
        if line.get("active", True) and feed and line.get("type") in ("audio", "video"):
            source: Source = "screen" if feed.endswith(SCREEN) else "main"
            found.append(Stream(str(line["mid"]), str(line["type"]), feed.removesuffix(SCREEN), source))
    return found


def _audio_mid(sdp: str) -> str | None:
    kind = ""
    for line in sdp.splitlines():
        if line.startswith("m="):
            kind = line[2:].split(" ", 1)[0]
        elif line.startswith("a=mid:") and kind == "audio":
            return line[6:].strip()
    return None
