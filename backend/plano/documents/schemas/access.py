"""« Qui y a accès ? », and who is let in."""

from typing import Literal

from plano.documents.schemas.nodes import PathItem
from plano.kernel.schemas import In, Out
from plano.workspaces.schemas import AccessOut

GrantRole = Literal["reader", "member", "manager"]


class NodeAccessOut(Out):
    """« Qui y a accès ? » of a node: the people with their reasons, and the folder that decides."""

    access: AccessOut
    folder: PathItem | None
    may_manage: bool


class AccessIn(In):
    """Give a folder its own access: opened to the workspace and its guests by name, or restricted to named people."""

    open: bool


class GrantIn(In):
    role: GrantRole
