"""What crosses the wire about the library."""

from plano.documents.schemas.access import AccessIn, GrantIn, GrantRole, NodeAccessOut
from plano.documents.schemas.audience import Affected, Change, EffectIn, EffectOut
from plano.documents.schemas.bin import BinItem, BinPage, PurgedOut, RestoredOut, RestoreIn
from plano.documents.schemas.locks import LockIn, LockOut
from plano.documents.schemas.nodes import (
    AbilityPair,
    AccessKind,
    CopyIn,
    DetailsPatch,
    KindName,
    Name,
    NodeAbilities,
    NodeForMe,
    NodeIn,
    NodeOut,
    NodePage,
    NodePatch,
    OnConflict,
    PathItem,
    ScopeFacts,
    StateName,
    access_kind,
)
from plano.documents.schemas.people import NodePerson
from plano.documents.schemas.uploads import Decision, DecisionIn, LargeItem, LibraryOut, SpaceOut, UploadOut
from plano.documents.schemas.versions import ComparedLine, ComparisonOut, VersionOut, VersionPatch

__all__ = [
    "AbilityPair",
    "AccessIn",
    "AccessKind",
    "Affected",
    "BinItem",
    "BinPage",
    "Change",
    "ComparedLine",
    "ComparisonOut",
    "CopyIn",
    "Decision",
    "DecisionIn",
    "DetailsPatch",
    "EffectIn",
    "EffectOut",
    "GrantIn",
    "GrantRole",
    "KindName",
    "LargeItem",
    "LibraryOut",
    "LockIn",
    "LockOut",
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
    "PurgedOut",
    "RestoreIn",
    "RestoredOut",
    "ScopeFacts",
    "SpaceOut",
    "StateName",
    "UploadOut",
    "VersionOut",
    "VersionPatch",
    "access_kind",
]
