"""Who gains and who loses access by a change, before it is made (C7, C12, documents-7, -8)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.accounts.schemas import PersonOut
from plano.documents.schemas.access import GrantRole
from plano.kernel.schemas import In, Out
from plano.workspaces.schemas import RoleName

Change = Literal["open", "restrict", "inherit", "grant", "revoke", "move", "copy", "delete"]


class EffectIn(In):
    """A change that somebody is about to make. `user_id` and `role` for people, the others for places."""

    change: Change
    user_id: UUID | None = None
    role: GrantRole | None = None
    workspace_id: UUID | None = None
    parent_id: UUID | None = None


class Affected(Out):
    """One person whose access changes; null: none."""

    person: PersonOut
    guest: bool
    before: RoleName | None
    after: RoleName | None


class EffectOut(Out):
    """`before` and `after` count people. `folders` inside keep people of their own; `documents` lie inside.

    `links` are the share links that stop by it.
    """

    before: int
    after: int
    gains: list[Affected]
    loses: list[Affected]
    changes: list[Affected]
    folders: int
    documents: int
    links: int


class DeletionIn(In):
    """What somebody is about to delete, at once."""

    node_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)]


class DeletionOut(Out):
    """What goes with it, as far as the asker sees: `people` are the others who see some of it today."""

    documents: int
    folders: int
    people: int
    links: int
