"""Verbs of the board: the only place where columns, labels and tasks are written."""

from plano.tasks.actions.board import (
    add_column,
    add_label,
    delete_column,
    delete_label,
    ensure_board,
    found_board,
    update_column,
    update_label,
)
from plano.tasks.actions.editing import update_task
from plano.tasks.actions.moving import move_task
from plano.tasks.actions.people import leave_workspace
from plano.tasks.actions.tasks import create_task, delete_task, empty_bin, restore_task

__all__ = [
    "add_column",
    "add_label",
    "create_task",
    "delete_column",
    "delete_label",
    "delete_task",
    "empty_bin",
    "ensure_board",
    "found_board",
    "leave_workspace",
    "move_task",
    "restore_task",
    "update_column",
    "update_label",
    "update_task",
]
