"""Which ways of telling, by group of kinds, everywhere and in single workspaces."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from plano.kernel.schemas import In, Out

GroupName = Literal["mentions", "direct", "tasks", "agenda", "approvals", "documents", "reminders", "space"]
CadenceName = Literal["now", "hourly", "daily", "weekly", "never"]
MAX_PLACES = 200


class WishIn(In):
    """How to tell of one group: a sign in the page, a push on one's devices, a mail while it stays unread."""

    group: GroupName
    page: bool
    push: bool
    mail: CadenceName


class WishOut(Out):
    group: GroupName
    page: bool
    push: bool
    mail: CadenceName


class PlaceWishesIn(In):
    """What is otherwise in one workspace; groups that are not listed are as everywhere."""

    workspace_id: UUID
    wishes: Annotated[list[WishIn], Field(max_length=8)]


class PlaceWishesOut(Out):
    workspace_id: UUID
    wishes: list[WishOut]


class PreferencesIn(In):
    """The whole table. Groups left out of `everywhere` are as Plano proposes, workspaces left out as everywhere.

    `mail_text`: mails may quote what was written, also in private places.
    """

    everywhere: Annotated[list[WishIn], Field(max_length=8)] = []
    workspaces: Annotated[list[PlaceWishesIn], Field(max_length=MAX_PLACES)] = []
    mail_text: bool = False


class PreferencesOut(Out):
    """The whole table: `everywhere` has all groups in their order, workspaces only what is otherwise there.

    `address`: where mails go; null: the account has no address, so no mail goes. `proposed`: what reset gives.
    """

    everywhere: list[WishOut]
    workspaces: list[PlaceWishesOut]
    proposed: list[WishOut]
    mail_text: bool
    address: str | None


class EndOut(Out):
    """Which mails a link in a mail ends: of a group (in a workspace), or, `group` null, all that come at `cadence`."""

    group: GroupName | None
    cadence: CadenceName
    workspace: str | None
    ended: bool
