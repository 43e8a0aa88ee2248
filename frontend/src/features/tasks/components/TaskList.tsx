import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { RowMenu, useRowMenu } from "../../../shared/ui/RowMenu";
import { cx } from "../../../shared/ui/cx";
import type { Column, Label, Task } from "../api";
import type { BoardData } from "../hooks/useBoard";
import type { TaskActions } from "../hooks/useTaskActions";
import { type MenuContext, useTaskMenu } from "../hooks/useTaskMenu";
import { arranged } from "../lib/board";
import { byDate } from "../../../shared/lib/due";
import { DueText } from "./DueText";
import css from "./TaskList.module.css";
import { TaskTags } from "./TaskTags";
import { VirtualList } from "./VirtualList";

interface Props {
  board: BoardData;
  actions: TaskActions;
  selectedId: string | undefined;
}

/** The same tasks as a list: open ones by date, finished ones last. */
export function TaskList({ board, actions, selectedId }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const [scroll, setScroll] = useState<HTMLDivElement | null>(null);
  const byColumn = useMemo(() => arranged(board.columns, board.tasks, null), [board.columns, board.tasks]);
  const rows = useMemo(
    () =>
      [...board.shown].sort(
        (a, b) => Number(a.completed_at !== null) - Number(b.completed_at !== null) || byDate(a, b),
      ),
    [board.shown],
  );
  const { columns, abilities } = board;
  const context: MenuContext = useMemo(() => ({ columns, byColumn, actions, abilities }), [columns, byColumn, actions, abilities]);
  return (
    <div ref={setScroll} className={css.scroll}>
      <VirtualList
        items={rows}
        scroll={scroll}
        estimate={56}
        gap={0}
        label={t("list.label")}
        render={(task) => (
          <TaskRow
            task={task}
            column={board.columns.find((column) => column.id === task.column_id)}
            labels={board.labels}
            context={context}
            selected={task.id === selectedId}
          />
        )}
      />
    </div>
  );
}

interface RowProps {
  task: Task;
  column: Column | undefined;
  labels: readonly Label[];
  context: MenuContext;
  selected: boolean;
}

const TaskRow = memo(function TaskRow({ task, column, labels, context, selected }: RowProps): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const menu = useRowMenu();
  const actions = useTaskMenu(task, context);
  const done = task.completed_at !== null;
  return (
    <div className={cx(css.row, done && css.done)} data-selected={selected || undefined} {...menu.rowProps}>
      <Checkbox
        className={css.tick}
        aria-label={t("list.complete", { title: task.title })}
        checked={done}
        disabled={!context.abilities.others.edit}
        onChange={(event) => {
          const completed = event.currentTarget.checked;
          void context.actions.change(task, { completed }, { completed_at: completed ? new Date().toISOString() : null });
        }}
      />
      <div className={css.words}>
        <Link
          from="/w/$slug/taches"
          to="/w/$slug/taches"
          search={(before) => ({ ...before, tache: task.id })}
          className={css.title}
          aria-current={selected || undefined}
        >
          {task.title}
        </Link>
        <TaskTags task={task} labels={labels} />
      </div>
      <span className={css.column}>{column?.name}</span>
      <span className={css.due}>
        <DueText task={task} />
      </span>
      <span className={css.people}>
        <AvatarStack people={task.assignees} size={28} />
      </span>
      <span className={css.menu}>
        <RowMenu name={task.title} actions={actions} menu={menu} />
      </span>
    </div>
  );
});
