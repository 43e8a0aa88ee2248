"""What an address names, for one person at this moment."""

from dataclasses import dataclass, field

from plano.accounts.models import User
from plano.dav.paths import href
from plano.documents.queries import paths
from plano.documents.queries.paths import Entry, Place
from plano.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Spot:
    """The end of a path: the list of workspaces, a workspace, a folder, a document, or nothing (yet).

    `parents` are the entries above. `rest` are the names that nothing seen has: one of them below a folder is a place
    where something can be made.
    """

    segments: list[str]
    place: Place | None = None
    entry: Entry | None = None
    parents: list[Entry] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    @property
    def exists(self) -> bool:
        return not self.rest

    @property
    def is_folder(self) -> bool:
        return self.exists and (self.entry is None or self.entry.is_folder)

    @property
    def name(self) -> str:
        return self.segments[-1] if self.segments else ""

    @property
    def href(self) -> str:
        return href(self.segments, folder=self.is_folder)

    @property
    def parent(self) -> Entry | None:
        """The folder that holds it; None at the top of a workspace."""
        return self.parents[-1] if self.parents else None

    @property
    def role(self) -> int:
        """The person's, where something would change: in the document, or in what would hold it."""
        holder = self.entry or self.parent
        return holder.role if holder else self.place.role if self.place else 0

    @property
    def is_free(self) -> bool:
        """Nothing is here, and a folder or workspace is right above."""
        return (
            len(self.rest) == 1 and self.place is not None and (not self.parents or self.parents[-1].kind == "folder")
        )


def entity_tag(sha256: str) -> str:
    """Half of the SHA-256 is plenty, and programs keep conditions in short buffers."""
    return f'"{sha256[:32] or "empty"}"'


def locate(actor: User, segments: list[str]) -> Spot:
    """Follow a path from `/dav`. A workspace that the person is not in is absent."""
    if segments[:2] != ["dav", "files"][: len(segments)]:
        raise NotFound
    if len(segments) < 3:
        return Spot(segments)
    below = segments[3:]
    walked = paths.walk(actor, segments[2], below)
    if walked is None:
        return Spot(segments, rest=segments[2:])
    place, found = walked
    rest = below[len(found) :]
    if rest:
        return Spot(segments, place=place, parents=found, rest=rest)
    return Spot(segments, place=place, entry=found[-1] if found else None, parents=found[:-1])


def existing(actor: User, segments: list[str]) -> Spot:
    """The same, for what must be there."""
    spot = locate(actor, segments)
    if not spot.exists:
        raise NotFound
    return spot
