import { IconAlertCircle, IconCalendar, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { dayKey, fullDate, longDay, plainDate } from "../../../shared/lib/dates";
import { useNow } from "../../../shared/ui/DateTime";
import { cx } from "../../../shared/ui/cx";
import type { Task } from "../api";
import { dueDay, isLate } from "../../../shared/lib/due";
import css from "./DueText.module.css";

/** When it is due, in words; late is said, not only red. Finished: since when. */
export function DueText({ task }: { task: Task }): React.JSX.Element | null {
  const { t } = useTranslation("tasks");
  const now = useNow();
  if (task.completed_at !== null) {
    return (
      <time className={css.due} dateTime={task.completed_at} title={fullDate(task.completed_at)}>
        <IconCircleCheck size={16} stroke={1.75} aria-hidden="true" />
        <span>
          <span className="visually-hidden">{t("due.done")} </span>
          {dueDay(dayKey(task.completed_at), now)}
        </span>
      </time>
    );
  }
  if (task.due_date === null) return null;
  const late = isLate(task, now);
  const day = dueDay(task.due_date, now);
  const when = task.due_time === null ? day : t("due.at", { day, time: task.due_time });
  const Glyph = late ? IconAlertCircle : IconCalendar;
  return (
    <time className={cx(css.due, late && css.late)} dateTime={task.due_date} title={longDay(plainDate(task.due_date))}>
      <Glyph size={16} stroke={1.75} aria-hidden="true" />
      <span>{late ? t("due.late", { when }) : when}</span>
    </time>
  );
}
