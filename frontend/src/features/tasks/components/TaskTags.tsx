import { useTranslation } from "react-i18next";
import { identity } from "../../../shared/lib/names";
import { StateTag } from "../../../shared/ui/Tags";
import type { Label, Task } from "../api";
import css from "./TaskTags.module.css";

/** Priority, what must be taken over, and labels, in words. */
export function TaskTags({ task, labels }: { task: Task; labels: readonly Label[] }): React.JSX.Element | null {
  const { t } = useTranslation("tasks");
  const carried = labels.filter((label) => task.label_ids.includes(label.id));
  const pressing = task.priority !== "normal" && task.completed_at === null;
  if (!pressing && !task.assignee_left && carried.length === 0) return null;
  return (
    <span className={css.tags}>
      {pressing && (
        <StateTag tone={task.priority === "urgent" ? "danger" : task.priority === "high" ? "info" : "neutral"}>
          {t(`priority.${task.priority}`)}
        </StateTag>
      )}
      {task.assignee_left && <StateTag tone="warn">{t("assignee_left")}</StateTag>}
      {carried.map((label) => (
        <LabelTag key={label.id} label={label} />
      ))}
    </span>
  );
}

export function LabelTag({ label }: { label: Label }): React.JSX.Element {
  return (
    <span className={css.label} data-color={identity(label.color)}>
      {label.name}
    </span>
  );
}
