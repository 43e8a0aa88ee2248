"""A small bot: whoever writes « !decisions » in a conversation is told what was decided there lately.

It listens with an access token (scopes: chat:read, profile:read) and answers by the address of a robot, so that nobody
takes it for a person. See docs/develop/bot.md.

    PLANO_URL=https://plano.example.fr PLANO_TOKEN=plano_pat_… PLANO_HOOK=https://plano.example.fr/api/v1/hooks/… \
        python bot.py

It needs httpx and websockets.
"""

import json
import os
import time
from typing import Any

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

URL = os.environ["PLANO_URL"].rstrip("/")
HOOK = os.environ["PLANO_HOOK"]
BEARER = {"Authorization": f"Bearer {os.environ['PLANO_TOKEN']}"}
COMMAND = "!decisions"
MOST = 5


def main() -> None:
    """Listens for ever; after a cut it says where it stopped, and misses nothing."""
    cursors: dict[str, int] = {}
    with httpx.Client(base_url=f"{URL}/api/v1", headers=BEARER, timeout=20) as api:
        print(f"Listening as {api.get('/me').raise_for_status().json()['name']}.", flush=True)
        while True:
            try:
                with connect(URL.replace("http", "ws", 1) + "/api/v1/stream", additional_headers=BEARER) as stream:
                    stream.send(json.dumps({"type": "hello", "cursors": cursors}))
                    listen(stream, api, cursors)
            except (WebSocketException, OSError):
                time.sleep(2)


def listen(stream: ClientConnection, api: httpx.Client, cursors: dict[str, int]) -> None:
    """One connection. Each frame has a number in its scope; numbers that the token may not hear are left out."""
    for text in stream:
        said = json.loads(text)
        if said["type"] == "ready":
            cursors.update(said["cursors"])
            print("Ready.", flush=True)
        elif said["type"] == "reset":
            cursors.pop(said["scope"], None)  # too long away: a fresh start there
        elif said["type"] == "frame":
            cursors[said["scope"]] = said["seq"]
            if said["kind"] == "chat.message" and said["op"] == "changed":
                heard(api, said["data"], fresh=said["data"]["seq"] == said["seq"])


def heard(api: httpx.Client, message: dict[str, Any], *, fresh: bool) -> None:
    """A message is now like this. `fresh`: it was just written, not edited or reacted to."""
    if not fresh or message["author"]["robot"] or message["text"].strip() != COMMAND:
        return
    channel = api.get(f"/channels/{message['channel_id']}").raise_for_status().json()
    query = {"limit": "100"}
    found = api.get(f"/workspaces/{channel['workspace_id']}/decisions", params=query).raise_for_status().json()
    here = [one for one in found["items"] if one["channel_id"] == channel["id"] and one["status"] == "adopted"]
    lines = [f"- n° {one['number']}, {one['decided_on']} : {one['text'].splitlines()[0]}" for one in here[:MOST]]
    answer = "\n".join(["**Décisions en vigueur dans ce canal**", *lines]) if lines else "Aucune décision ici."
    # The message's id as key: after a cut the same question is not answered twice.
    httpx.post(HOOK, json={"text": answer}, headers={"Idempotency-Key": message["id"]}, timeout=20).raise_for_status()


if __name__ == "__main__":
    main()
