"""The gate of media.md §9: lets in by a grant, gives names and identifiers, passes on what is allowed, puts out.

Truth is in the database; each connection is looked at again every three seconds and at each change of its meeting,
so that whoever lost the session, the place or the meeting is out within five (R-07).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from plano.accounts import sessions
from plano.accounts.asgi import Caller, caller_by_cookies, cookies_of, headers_of
from plano.accounts.models import Session
from plano.kernel.errors import DomainError
from plano.meetings import actions, queries
from plano.meetings.media.base import Candidate, HungUp, Lost, MediaServer, MediaUnavailable, Offer, Told
from plano.meetings.media.janus import JanusServer
from plano.meetings.queries import Standing
from plano.meetings.signal import messages
from plano.meetings.signal.listening import Conversation, ice_servers
from plano.meetings.signal.rooms import Line, Member, Room
from plano.platform.live.pokes import on_poke

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HELLO_SECONDS = 10.0
LOOK_SECONDS = 3.0
KEEP_SECONDS = 20.0
RETURN_SECONDS = 20.0
BAD, REFUSED, OUT, REPLACED, ENDED, FAST, NO_MEDIA = 4400, 4401, 4403, 4409, 4410, 4429, 4503
CODES = {"ended": ENDED, "signed_out": REFUSED, "removed": OUT, "access_lost": OUT, "left": REPLACED}
log = logging.getLogger("plano.meetings")


class Gate:
    """The signalling endpoint of one process."""

    def __init__(self) -> None:
        self.rooms: dict[UUID, Room] = {}
        self.media: MediaServer | None = None
        self._look_now = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._later: set[asyncio.Task[Any]] = set()
        self._stop_hearing: Callable[[], None] = lambda: None

    async def start(self) -> None:
        self._look_now = asyncio.Event()
        if settings.PLANO.janus_url:
            self.media = JanusServer(url=settings.PLANO.janus_url, secret=settings.PLANO.janus_secret or "")
            await self.media.start()
        loop = asyncio.get_running_loop()

        def hear(scope: UUID, _seq: int, _said: object) -> None:
            loop.call_soon_threadsafe(self._poked, scope)

        self._stop_hearing = on_poke(hear)
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._keep())]

    async def stop(self) -> None:
        self._stop_hearing()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for room in self.rooms.values():
            for member in room.members.values():
                member.line.close(1001)
        if self.media is not None:
            await self.media.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        headers = headers_of(scope)
        caller = None
        if headers.get("origin") in settings.ORIGINS:
            caller = await asyncio.to_thread(caller_by_cookies, cookies_of(headers))
        if caller is None:
            await send({"type": "websocket.close", "code": 1008})  # before accept: 403
            return
        await send({"type": "websocket.accept"})
        line = Line(send)
        try:
            await self._serve(UUID(scope["path_params"]["meeting_id"]), caller, line, receive)
        finally:
            await line.end()

    async def _serve(self, meeting_id: UUID, caller: Caller, line: Line, receive: Receive) -> None:
        try:
            first = await asyncio.wait_for(receive(), HELLO_SECONDS)
        except TimeoutError:
            first = {"type": "websocket.receive", "text": None}
        if first["type"] != "websocket.receive":
            return
        hello = messages.hello(first.get("text"))
        if hello is None:
            line.close(BAD)
            return
        try:
            standing, person, scope_id, mutes = await asyncio.to_thread(_enter, hello.token, caller, meeting_id)
        except DomainError as refusal:
            line.say({"type": "refused", "code": refusal.code})
            line.close(REFUSED)
            return
        member, back = self._seated(standing, person, scope_id, mutes, line)
        room = self.rooms[meeting_id]
        try:
            self._welcome(room, member, back=back)
            if self.media is not None and member.seat is None:
                self._soon(self._take_seat(room, member))
            await Conversation(self, room, member, line).run(receive)
        finally:
            self._cut(room, member, line)

    def _seated(
        self, standing: Standing, person: dict[str, Any], scope_id: UUID, mutes: int, line: Line
    ) -> tuple[Member, bool]:
        """A new member, or the one that comes back: then the media of before are still right."""
        room = self.rooms.setdefault(standing.meeting_id, Room(standing.meeting_id, scope_id))
        member = room.members.get(str(standing.participation_id))
        if member is not None:
            member.line.close(REPLACED)
            member.line, member.cut_at = line, None
            return member, True
        for other in [m for m in room.members.values() if m.standing.user_id == standing.user_id]:
            self.put_out(room, other, REPLACED, told=False)
        member = Member(standing=standing, person=person, line=line, mutes=mutes)
        room.members[member.id] = member
        return member, False

    def _welcome(self, room: Room, member: Member, *, back: bool) -> None:
        member.line.say(
            {
                "type": "welcome",
                "participant_id": member.id,
                "mode": "p2p" if self.media is None else "sfu",
                "resumed": back and (member.seat is not None or self.media is None),
                "ready": member.seat is not None,
                "ice_servers": ice_servers(member),
                "participants": [other.shown() for other in room.members.values() if other is not member],
            }
        )
        room.tell({"type": "participant", "participant": member.shown()}, but=member)

    async def _take_seat(self, room: Room, member: Member) -> None:
        """Ask until the media server gives a place: it may be starting again."""
        assert self.media is not None
        while room.members.get(member.id) is member and member.seat is None:
            try:
                seat = await self.media.take_seat(
                    meeting_id=room.meeting_id,
                    participant_id=member.standing.participation_id,
                    tell=lambda told: self._told(room, member, told),
                )
            except MediaUnavailable:
                member.line.say({"type": "media", "state": "lost"})
                await asyncio.sleep(0.3)
                continue
            except Exception:
                log.exception("no place at the media server")
                await asyncio.sleep(1)
                continue
            if room.members.get(member.id) is not member:
                await seat.leave()
                return
            member.seat = seat
            member.line.say({"type": "media", "state": "ready"})

    def _told(self, room: Room, member: Member, told: Told) -> None:
        """What the media server says to one participant."""
        match told:
            case Offer():
                streams = [
                    {"mid": s.mid, "kind": s.kind, "participant_id": s.participant_id, "source": s.source}
                    for s in told.streams
                    if s.participant_id in room.members
                ]
                member.line.say({"type": "offer", "jsep": told.jsep, "streams": streams, "fresh": told.fresh})
            case Candidate():
                member.line.say({"type": "trickle", "pc": told.pc, "candidate": told.candidate})
            case HungUp():
                member.line.say({"type": "hangup", "pc": told.pc})
            case Lost():
                member.seat = None
                member.line.say({"type": "media", "state": "lost"})
                self._soon(self._take_seat(room, member))

    def _cut(self, room: Room, member: Member, line: Line) -> None:
        """The socket is gone; the participant may come back with the same identity for a while."""
        if room.members.get(member.id) is member and member.line is line:
            member.cut_at = time.monotonic()
            room.tell({"type": "participant", "participant": member.shown()}, but=member)

    def put_out(self, room: Room, member: Member, code: int, *, told: bool = True) -> None:
        """Out of the room, the media and, with `told`, the database."""
        if room.members.get(member.id) is not member:
            return
        del room.members[member.id]
        member.line.close(code)
        room.tell({"type": "left", "participant_id": member.id})
        if member.seat is not None:
            self._soon(member.seat.leave())
        if told:
            self._soon(asyncio.to_thread(_left, member.standing.participation_id))
        if not room.members:
            self.rooms.pop(room.meeting_id, None)
            if self.media is not None:
                self._soon(self.media.close_room(room.meeting_id))

    def _poked(self, scope: UUID) -> None:
        if any(
            room.scope_id == scope or any(m.standing.user_id == scope for m in room.members.values())
            for room in self.rooms.values()
        ):
            self._look_now.set()

    async def _watch(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look_now.wait(), LOOK_SECONDS)
            self._look_now.clear()
            try:
                await self._look()
            except Exception:
                log.exception("the look at who may stay was interrupted")
                await asyncio.sleep(0.5)

    async def _look(self) -> None:
        at = time.monotonic()
        present = [(room, member) for room in self.rooms.values() for member in room.members.values()]
        if not present:
            return
        gone, mutes = await asyncio.to_thread(_outcast, [member.standing for _, member in present])
        for room, member in present:
            reason = gone.get(member.standing.participation_id)
            if reason:
                member.line.say({"type": "out", "reason": reason})
                self.put_out(room, member, CODES[reason], told=reason != "left")
            elif member.cut_at is not None and at - member.cut_at > RETURN_SECONDS:
                self.put_out(room, member, 1001)
            elif mutes.get(member.standing.participation_id, 0) > member.mutes:
                member.mutes = mutes[member.standing.participation_id]
                self._mute(room, member)

    def _mute(self, room: Room, member: Member) -> None:
        """The browser is told, and the server holds the sound back until the person switches it on again."""
        member.media["microphone"] = False
        member.line.say({"type": "muted"})
        room.tell({"type": "participant", "participant": member.shown()}, but=member)
        if member.seat is not None:
            self._soon(member.seat.silence(muted=True))

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            there = [m for room in self.rooms.values() for m in room.members.values()]
            try:
                if there:
                    present = [m.standing.session_id for m in there if m.cut_at is None]
                    await asyncio.to_thread(_keep_alive, [m.standing.participation_id for m in there], present)
            except Exception:
                log.exception("participations were not renewed")

    def _soon(self, job: Any) -> None:
        task = asyncio.ensure_future(_logged(job))
        self._later.add(task)
        task.add_done_callback(self._later.discard)


async def _logged(job: Awaitable[Any]) -> None:
    try:
        await job
    except MediaUnavailable:
        log.debug("the media server was away")
    except Exception:
        log.exception("a job of the gate failed")


def _enter(token: str, caller: Caller, meeting_id: UUID) -> tuple[Standing, dict[str, Any], UUID, int]:
    close_old_connections()
    participation = actions.enter(
        token=token, user_id=caller.user.id, session_id=caller.session_id, meeting_id=meeting_id
    )
    standing = Standing(participation.id, caller.user.id, caller.session_id, meeting_id)
    person = queries.participant_out(participation.id).model_dump(mode="json", include={"person", "guest"})
    return standing, person, participation.meeting.scope_id, participation.mutes


def _left(participation_id: UUID) -> None:
    close_old_connections()
    actions.leave(participation_id=participation_id)


def _keep_alive(participations: list[UUID], present: list[UUID]) -> None:
    """Being in a call is activity: a long meeting does not sign anybody out (R-41)."""
    close_old_connections()
    actions.keep_alive(participations)
    for session in Session.objects.filter(id__in=present):
        sessions.touch(session)


def _outcast(standing: list[Standing]) -> tuple[dict[UUID, str], dict[UUID, int]]:
    close_old_connections()
    return queries.outcast(standing)
