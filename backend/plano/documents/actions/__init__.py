"""Verbs of the library: the only place where nodes, versions and uploads are written."""

from plano.documents.actions.access import grant_access, inherit_access, revoke_access, set_access
from plano.documents.actions.bin import Purged, Restored, delete_node, empty_bin, purge_node, restore_node
from plano.documents.actions.checking import check, check_waiting, recheck
from plano.documents.actions.contents import may_write, require_size, restore_version, save_content
from plano.documents.actions.copying import copy_node
from plano.documents.actions.details import describe_node
from plano.documents.actions.locks import Locked, end_locks, leave_workspace, lock_node, unlock_node
from plano.documents.actions.moving import move_across
from plano.documents.actions.nodes import create_node, update_node
from plano.documents.actions.previews import make as make_previews
from plano.documents.actions.previews import prepare as prepare_preview
from plano.documents.actions.uploads import (
    arrived,
    discard_upload,
    finish_upload,
    forget_expired,
    may_continue,
    start_upload,
    sweep,
    take_whole,
)
from plano.documents.actions.versions import delete_version, describe_version, thin_versions

__all__ = [
    "Locked",
    "Purged",
    "Restored",
    "arrived",
    "check",
    "check_waiting",
    "copy_node",
    "create_node",
    "delete_node",
    "delete_version",
    "describe_node",
    "describe_version",
    "discard_upload",
    "empty_bin",
    "end_locks",
    "finish_upload",
    "forget_expired",
    "grant_access",
    "inherit_access",
    "leave_workspace",
    "lock_node",
    "make_previews",
    "may_continue",
    "may_write",
    "move_across",
    "prepare_preview",
    "purge_node",
    "recheck",
    "require_size",
    "restore_node",
    "restore_version",
    "revoke_access",
    "save_content",
    "set_access",
    "start_upload",
    "sweep",
    "take_whole",
    "thin_versions",
    "unlock_node",
    "update_node",
]
