"""Whoever looks at a document or downloads it finds it among what they opened last."""

import asyncio

from plano.documents.actions.openings import note_opening
from plano.documents.faces.download import Download
from plano.documents.faces.wire import Scope


async def noted(scope: Scope, found: Download) -> None:
    """After the answer. Programs on a network drive do not come here: what they fetch nobody opened."""
    if scope["method"] == "GET" and (found.part is None or found.part.start == 0):
        await asyncio.to_thread(note_opening, user_id=found.who.user.id, node_id=found.node_id)
