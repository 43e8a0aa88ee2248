"""Locks as WebDAV words them (RFC 4918, 6 and 15.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from xml.sax.saxutils import escape

from plano.accounts.models import User
from plano.dav.paths import href
from plano.documents.queries import locks
from plano.documents.queries.locks import Held
from plano.documents.queries.paths import Entry, Inside
from plano.kernel.clock import now


@dataclass(frozen=True, slots=True)
class Active:
    """A lock with the address of what was locked. Its token is told to its owner only."""

    held: Held
    root: str
    mine: bool

    def text(self) -> str:
        """`<D:activelock>`."""
        lock = self.held
        left = max(1, int((lock.expires_at - now()).total_seconds()))
        token = f"<D:locktoken><D:href>{escape(lock.token)}</D:href></D:locktoken>" if self.mine else ""
        owner = lock.claimed_by or f"<D:owner>{escape(lock.owner_name)}</D:owner>"
        return (
            "<D:activelock><D:locktype><D:write/></D:locktype>"
            f"<D:lockscope><D:{'exclusive' if lock.exclusive else 'shared'}/></D:lockscope>"
            f"<D:depth>{'infinity' if lock.deep else '0'}</D:depth>{owner}<D:timeout>Second-{left}</D:timeout>"
            f"{token}<D:lockroot><D:href>{escape(self.root)}</D:href></D:lockroot></D:activelock>"
        )


def discovery(active: Iterable[Active]) -> str:
    """What `lockdiscovery` holds."""
    return "".join(lock.text() for lock in active)


def active_on(
    actor: User, workspace_id: UUID, slug: str, way: list[Entry], inside: list[Inside]
) -> dict[UUID, list[Active]]:
    """The locks on the last of `way` and on what is in it, those that reach down from above included."""
    found = locks.held(workspace_id=workspace_id)
    if not found:
        return {}
    by_node: dict[UUID, list[Held]] = {}
    for lock in found:
        by_node.setdefault(lock.node_id, []).append(lock)
    segments = ["dav", "files", slug]
    reaching: list[Active] = []
    told: dict[UUID, list[Active]] = {}
    for step, entry in enumerate(way, 1):
        segments.append(entry.name)
        here = [_active(actor, lock, segments, entry) for lock in by_node.get(entry.id, [])]
        if step == len(way):
            told[entry.id] = [*reaching, *here]
        reaching += [active for active in here if active.held.deep]
    for child in inside:
        here = [_active(actor, lock, [*segments, child.name], child) for lock in by_node.get(child.id, [])]
        if here or reaching:
            told[child.id] = [*reaching, *here]
    return told


def _active(actor: User, lock: Held, segments: list[str], entry: Entry | Inside) -> Active:
    return Active(lock, href(segments, folder=entry.is_folder), lock.owner_id == actor.id)
