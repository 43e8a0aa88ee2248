/** Everything that dragging does, and the rest, as a menu (a gesture always has a menu equivalent). */
import { IconArrowDown, IconArrowRight, IconArrowUp, IconCircleCheck, IconRotate, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RowAction } from "../../../shared/ui/RowMenu";
import type { BoardAbilities, Column, Task } from "../api";
import { placementOf } from "../lib/board";
import type { TaskActions } from "./useTaskActions";

export interface MenuContext {
  columns: readonly Column[];
  byColumn: ReadonlyMap<string, readonly Task[]>;
  actions: TaskActions;
  abilities: BoardAbilities;
}

export function useTaskMenu(task: Task, { columns, byColumn, actions, abilities }: MenuContext): RowAction[] {
  const { t } = useTranslation("tasks");
  const may = abilities.others;
  const menu: RowAction[] = [];
  if (may.edit) {
    const done = task.completed_at !== null;
    menu.push({
      key: "complete",
      label: done ? t("menu.reopen") : t("menu.complete"),
      icon: done ? IconRotate : IconCircleCheck,
      onSelect: () =>
        void actions.change(task, { completed: !done }, { completed_at: done ? null : new Date().toISOString() }),
    });
  }
  if (may.move) {
    const here = placementOf(task.id, byColumn);
    const last = (byColumn.get(task.column_id)?.length ?? 0) - 1;
    const to = (columnId: string, index: number) => () => void actions.move({ id: task.id, columnId, index }, byColumn);
    if (here && here.index > 0) {
      menu.push({ key: "up", label: t("menu.up"), icon: IconArrowUp, onSelect: to(task.column_id, here.index - 1) });
    }
    if (here && here.index < last) {
      menu.push({ key: "down", label: t("menu.down"), icon: IconArrowDown, onSelect: to(task.column_id, here.index + 1) });
    }
    for (const column of columns) {
      if (column.id === task.column_id) continue;
      menu.push({
        key: column.id,
        label: t("menu.move_to", { column: column.name }),
        icon: IconArrowRight,
        onSelect: to(column.id, byColumn.get(column.id)?.length ?? 0),
      });
    }
  }
  if (may.delete) {
    menu.push({ key: "delete", label: t("menu.delete"), icon: IconTrash, danger: true, onSelect: () => void actions.remove(task) });
  }
  return menu;
}
