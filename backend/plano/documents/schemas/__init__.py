"""What crosses the wire about the library."""

from plano.documents.schemas.access import AccessIn, GrantIn, GrantRole, NodeAccessOut
from plano.documents.schemas.audience import Affected, Change, EffectIn, EffectOut
from plano.documents.schemas.bin import BinItem, BinPage, RestoredOut
from plano.documents.schemas.nodes import (
    AbilityPair,
    AccessKind,
    CopyIn,
    KindName,
    Name,
    NodeAbilities,
    NodeForMe,
    NodeIn,
    NodeOut,
    NodePage,
    NodePatch,
    NodePerson,
    OnConflict,
    PathItem,
    ScopeFacts,
    StateName,
    access_kind,
)
from plano.documents.schemas.uploads import Decision, DecisionIn, LibraryOut, UploadOut
from plano.documents.schemas.versions import VersionOut

__all__ = [
    "AbilityPair",
    "AccessIn",
    "AccessKind",
    "Affected",
    "BinItem",
    "BinPage",
    "Change",
    "CopyIn",
    "Decision",
    "DecisionIn",
    "EffectIn",
    "EffectOut",
    "GrantIn",
    "GrantRole",
    "KindName",
    "LibraryOut",
    "Name",
    "NodeAbilities",
    "NodeAccessOut",
    "NodeForMe",
    "NodeIn",
    "NodeOut",
    "NodePage",
    "NodePatch",
    "NodePerson",
    "OnConflict",
    "PathItem",
    "RestoredOut",
    "ScopeFacts",
    "StateName",
    "UploadOut",
    "VersionOut",
    "access_kind",
]
