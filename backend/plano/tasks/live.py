"""What travels about boards, in the scope of the workspace."""

from plano.platform.live import Kind
from plano.tasks.schemas import ColumnOut, LabelOut, TaskOut

TASK = Kind("tasks.task", TaskOut)
COLUMN = Kind("tasks.column", ColumnOut)
LABEL = Kind("tasks.label", LabelOut)
