"""`/api/v1/meetings/{id}/signal`: the gate between browsers and media. `app` is the ASGI handler of a process."""

from plano.meetings.signal.gate import Gate

app = Gate()
