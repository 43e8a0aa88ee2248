"""Who is here: ephemeral, never logged (messaging-17). A person is as present as their most present tab.

What changes is gathered for a moment: a thousand people who come back after a restart are told in some fifty messages
to each, not in a thousand.
"""

import asyncio
import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from plano.kernel.clock import now
from plano.platform.live.hub import Live, Socket
from plano.platform.live.models import Here
from plano.platform.live.ports import Subscriptions

log = logging.getLogger("plano.live")

STATES = ("online", "away", "hidden")
NODE_SECONDS = 60.0
HERE_SECONDS = 45.0
GATHER_SECONDS = 0.1
_HERE = """
INSERT INTO live_here (user_id, at) SELECT id, now() FROM unnest(%s::uuid[]) AS id ORDER BY id
ON CONFLICT (user_id) DO UPDATE SET at = EXCLUDED.at RETURNING 1
"""


def are_here(user_ids: Iterable[UUID]) -> set[UUID]:
    """Who of these has Plano before their eyes, on whatever node."""
    since = now() - timedelta(seconds=HERE_SECONDS)
    return set(Here.objects.filter(user_id__in=list(user_ids), at__gte=since).values_list("user_id", flat=True))


def forget_here() -> None:
    """What is of no use any more."""
    Here.objects.filter(at__lt=now() - timedelta(minutes=10)).delete()


class Presence:
    """The people of all nodes, by scope; each node repeats its own every 20 s and is forgotten after 60."""

    def __init__(self, live: Live, node: str) -> None:
        self.live = live
        self.node = node
        self._tabs: dict[str, set[Socket]] = defaultdict(set)
        self._places: dict[str, list[str]] = {}
        self._remote: dict[str, tuple[float, dict[str, tuple[str, list[str]]]]] = {}
        self._changes: dict[str, dict[str, str]] = {}
        self._fresh: set[str] = set()
        self._writing: asyncio.Task[None] | None = None

    def enter(self, socket: Socket, subscriptions: Subscriptions) -> None:
        """A tab opened."""
        before = self._local(socket.user_id)
        self._tabs[socket.user_id].add(socket)
        self._places[socket.user_id] = [str(scope) for scope in subscriptions.presence]
        self._changed(socket.user_id, before)

    def leave(self, socket: Socket) -> None:
        """A tab closed."""
        before = self._local(socket.user_id)
        tabs = self._tabs.get(socket.user_id, set())
        tabs.discard(socket)
        self._changed(socket.user_id, before)
        if not tabs:
            self._tabs.pop(socket.user_id, None)
            self._places.pop(socket.user_id, None)

    def say(self, socket: Socket, state: str) -> None:
        """The tab is looked at, left alone, or wishes not to be seen (R-144)."""
        before = self._local(socket.user_id)
        socket.state = state
        self._changed(socket.user_id, before)

    def move(self, user_id: str, subscriptions: Subscriptions) -> None:
        """The person gained or lost a place."""
        places = [str(scope) for scope in subscriptions.presence]
        state = self._local(user_id)
        for scope in set(self._places.get(user_id, [])) - set(places):
            self._write(scope, {user_id: "offline"})
        self._places[user_id] = places
        for scope in places:
            self._write(scope, {user_id: state})

    def people(self, scope: str) -> dict[str, str]:
        """Who is present in this scope now: user id to `online` or `away`."""
        found = {
            user: state
            for user, places in self._places.items()
            if scope in places and (state := self._local(user)) != "offline"
        }
        for seen, people in self._remote.values():
            if time.monotonic() - seen < NODE_SECONDS:
                for user, (state, places) in people.items():
                    if scope in places and found.get(user) != "online":
                        found[user] = state
        return found

    def snapshot(self, scope: str) -> str:
        return self._envelope(scope, self.people(scope), whole=True)

    def heard(self, message: dict[str, Any]) -> None:
        """Another node told of its people."""
        if message.get("what") != "presence":
            return
        node, people = str(message["node"]), message["people"]
        _, known = self._remote.get(node, (0.0, {}))
        for user, (state, places) in people.items():
            before = set(known.get(user, ("", []))[1])
            if state == "offline":
                known.pop(user, None)
            else:
                known[user] = (state, places)
            for scope in before | set(places):
                merged = self.people(scope).get(user, "offline") if scope in places else "offline"
                self._write(scope, {user: merged})
        self._remote[node] = (time.monotonic(), known)

    def repeat(self) -> None:
        """This node's people, for nodes that started since."""
        for user in list(self._tabs):
            self._publish(user)
            self._note(user)

    def _local(self, user_id: str) -> str:
        states = {socket.state for socket in self._tabs.get(user_id, ())} - {"hidden"}
        return "online" if "online" in states else "away" if states else "offline"

    def _changed(self, user_id: str, before: str) -> None:
        state = self._local(user_id)
        if state != before:
            for scope in self._places.get(user_id, []):
                self._write(scope, {user_id: state})
            self._publish(user_id)
        self._note(user_id)

    def _note(self, user_id: str) -> None:
        """Remember for a minute that they look at it: a hidden presence is hidden from people only."""
        if any(socket.state != "away" for socket in self._tabs.get(user_id, ())):
            self._fresh.add(user_id)
            if self._writing is None or self._writing.done():
                self._writing = asyncio.create_task(self._write_here())

    async def _write_here(self) -> None:
        """All of a moment in one statement; missing it costs a needless push, so it is not tried again."""
        await asyncio.sleep(GATHER_SECONDS)
        fresh, self._fresh = self._fresh, set()
        try:
            await self.live.query(_HERE, ([UUID(user) for user in fresh],))
        except Exception:
            log.warning("who is here was not noted", exc_info=True)

    def _publish(self, user_id: str) -> None:
        if self.live.bus is not None:
            person = (self._local(user_id), self._places.get(user_id, [])[:60])
            self.live.bus.publish({"what": "presence", "node": self.node, "people": {user_id: person}})

    def _write(self, scope: str, people: dict[str, str]) -> None:
        if not self._changes:
            asyncio.get_running_loop().call_later(GATHER_SECONDS, self._tell)
        self._changes.setdefault(scope, {}).update(people)

    def _tell(self) -> None:
        changes, self._changes = self._changes, {}
        for scope, people in changes.items():
            self.live.broadcast(scope, self._envelope(scope, people, whole=False))

    def _envelope(self, scope: str, people: dict[str, str], *, whole: bool) -> str:
        body = {
            "type": "ephemeral",
            "scope": scope,
            "kind": "presence",
            "data": {"people": people, "whole": whole},
        }
        return json.dumps(body, separators=(",", ":"))
