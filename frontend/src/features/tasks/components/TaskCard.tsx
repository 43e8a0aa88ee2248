import { useDraggable } from "@dnd-kit/core";
import { Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { RowMenu, useRowMenu } from "../../../shared/ui/RowMenu";
import { cx } from "../../../shared/ui/cx";
import type { Label, Task } from "../api";
import { useTaskMenu, type MenuContext } from "../hooks/useTaskMenu";
import { DueText } from "./DueText";
import css from "./TaskCard.module.css";
import { TaskTags } from "./TaskTags";

interface Props {
  task: Task;
  labels: readonly Label[];
  context: MenuContext;
  selected: boolean;
  /** In the hand of the keyboard. */
  lifted: boolean;
  /** Was in the hand last: takes back a focus that was lost by its move. */
  last: boolean;
  hintId: string;
  onKeyDown: (event: React.KeyboardEvent, task: Task) => void;
}

/** A card: its title opens it, dragging or Space moves it, ⋯ does the same by menu. Scrolling draws none anew. */
export const TaskCard = memo(function TaskCard({ task, labels, context, selected, lifted, last, hintId, onKeyDown }: Props): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const menu = useRowMenu();
  const actions = useTaskMenu(task, context);
  const link = useRef<HTMLAnchorElement>(null);
  const canMove = context.abilities.others.move;
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: task.id, disabled: !canMove });
  useEffect(() => {
    // the card was drawn anew in another column: the hand follows it
    const isLost = document.activeElement === document.body;
    if ((lifted && document.activeElement !== link.current) || (last && isLost)) link.current?.focus();
    if (lifted) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      {...menu.rowProps}
      className={cx(css.card, task.completed_at !== null && css.done, lifted && css.lifted, isDragging && css.dragging)}
      data-task-id={task.id}
      data-selected={selected || undefined}
    >
      <TaskTags task={task} labels={labels} />
      <Link
        ref={link}
        from="/w/$slug/taches"
        to="/w/$slug/taches"
        search={(before) => ({ ...before, tache: task.id })}
        className={css.title}
        draggable={false}
        aria-describedby={canMove ? hintId : undefined}
        aria-current={selected || undefined}
        onKeyDown={(event) => onKeyDown(event, task)}
      >
        {task.title}
        {lifted && <span className="visually-hidden">, {t("move.held")}</span>}
      </Link>
      <div className={css.menu}>
        <RowMenu name={task.title} actions={actions} menu={menu} />
      </div>
      <Steps task={task} />
      {(task.due_date !== null || task.completed_at !== null || task.assignees.length > 0) && (
        <div className={css.foot}>
          <DueText task={task} />
          <span className={css.people}>
            <AvatarStack people={task.assignees} size={28} />
          </span>
        </div>
      )}
    </div>
  );
});

/** How far the checklist is, in words and as a bar. */
function Steps({ task }: { task: Task }): React.JSX.Element | null {
  const { t } = useTranslation("tasks");
  const total = task.checklist.length;
  if (total === 0 || task.completed_at !== null) return null;
  const done = task.checklist.filter((item) => item.done).length;
  return (
    <div className={css.steps}>
      <Progress value={(done / total) * 100} size={4} className={css.bar} aria-label={t("checklist.progress")} />
      <span>{t("checklist.count", { done, total })}</span>
    </div>
  );
}

/** What follows the pointer. */
export function CardShadow({ task, labels }: { task: Task; labels: readonly Label[] }): React.JSX.Element {
  return (
    <div className={cx(css.card, css.shadow)}>
      <TaskTags task={task} labels={labels} />
      <span className={css.title}>{task.title}</span>
      <div className={css.foot}>
        <DueText task={task} />
      </div>
    </div>
  );
}
