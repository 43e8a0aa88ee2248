"""Which version of a document each program has in hand: what it last read or wrote here.

Most programs on network drives set no condition on what they save. With this, a save that started from an older
content than the one that somebody else has saved since is noticed (documents-4). Kept in the process, for a working
day: after a restart such a save is a new version, and the other's is in the list of versions.
"""

import time
from collections import OrderedDict
from threading import Lock
from uuid import UUID

from plano.dav.caller import DavCaller
from plano.documents.actions.putting import Base

REMEMBERED = 12 * 3600.0
MOST = 50_000

_lock = Lock()
_held: "OrderedDict[tuple[UUID, UUID], tuple[float, Base]]" = OrderedDict()


def note(who: DavCaller, node_id: UUID, number: int, *, beside: UUID | None = None) -> None:
    """This program, known by its password, has this version now; `beside`: it lost a race, and writes there."""
    with _lock:
        _held.pop((who.password_id, node_id), None)
        _held[who.password_id, node_id] = (time.monotonic(), Base(number, beside))
        while len(_held) > MOST:
            _held.popitem(last=False)


def of(who: DavCaller, node_id: UUID) -> Base | None:
    """What it has in hand, when that is known."""
    with _lock:
        found = _held.get((who.password_id, node_id))
    return None if found is None or time.monotonic() - found[0] > REMEMBERED else found[1]
