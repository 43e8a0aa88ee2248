"""JSON face of conversations. The page of messages and the sending of one answer with bytes made by the database."""

from ninja import Router

from plano.chat.api import (
    availability,
    channels,
    decisions,
    exports,
    files,
    hooks,
    later,
    messages,
    personal,
    policy,
    polls,
    reactions,
    search,
    threads,
)

router = Router()
for part in (
    availability,
    channels,
    exports,
    files,
    decisions,
    hooks,
    later,
    messages,
    personal,
    policy,
    polls,
    reactions,
    search,
    threads,
):
    router.add_router("", part.router)
