import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { clock, longDay, plainDate } from "../../../shared/lib/dates";
import { dueDay, isLate } from "../../../shared/lib/due";
import { AvatarStack } from "../../../shared/ui/AvatarStack";
import { cx } from "../../../shared/ui/cx";
import { useNow } from "../../../shared/ui/DateTime";
import type { Task } from "../api";
import css from "./Lines.module.css";

interface Props {
  task: Task;
  slug: string;
  /** The workspace, where several are listed together. */
  place?: string | undefined;
  people?: boolean;
  canEdit: boolean;
  onToggle: (task: Task, done: boolean) => void;
}

/** A task with its box, its title and its date in words. */
export function TaskLine({ task, slug, place, people = false, canEdit, onToggle }: Props): React.JSX.Element {
  const { t } = useTranslation("desk");
  const done = task.completed_at !== null;
  return (
    <div className={css.line}>
      <Checkbox
        className={css.tick}
        aria-label={t("task.complete", { title: task.title })}
        checked={done}
        disabled={!canEdit}
        onChange={(event) => onToggle(task, event.currentTarget.checked)}
      />
      <span className={css.words}>
        <Link to="/w/$slug/taches" params={{ slug }} search={{ tache: task.id }} className={cx(css.title, done && css.done)}>
          {task.title}
        </Link>
        {place !== undefined && <span className={css.meta}>{place}</span>}
      </span>
      <When task={task} />
      {people && <AvatarStack people={task.assignees} size={28} />}
    </div>
  );
}

function When({ task }: { task: Task }): React.JSX.Element | null {
  const { t } = useTranslation("desk");
  const now = useNow();
  if (task.completed_at !== null) {
    return <span className={css.when}>{t("task.done_at", { time: clock(task.completed_at) })}</span>;
  }
  if (task.due_date === null) return null;
  const late = isLate(task, now);
  const day = dueDay(task.due_date, now);
  const when = task.due_time === null ? day : t("task.at", { day, time: task.due_time });
  return (
    <time className={cx(css.when, late && css.late)} dateTime={task.due_date} title={longDay(plainDate(task.due_date))}>
      {late && <span className="visually-hidden">{t("task.late")} </span>}
      {when}
    </time>
  );
}
