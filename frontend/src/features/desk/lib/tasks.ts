/** My tasks in the groups of the desk. */
import { dayKey } from "../../../shared/lib/dates";
import { byDate, isLate } from "../../../shared/lib/due";
import type { Task } from "../api";

export const PARTS = ["late", "today", "week", "later", "undated"] as const;
export type Part = (typeof PARTS)[number];

const DAY = 86_400_000;

/** Finished ones stay in the group where they were ticked. */
export function partOf(task: Task, now: number): Part {
  if (task.due_date === null) return "undated";
  if (isLate({ ...task, completed_at: null }, now)) return "late";
  if (task.due_date === dayKey(now)) return "today";
  return task.due_date <= dayKey(now + 7 * DAY) ? "week" : "later";
}

export function inParts(tasks: readonly Task[], now: number): [Part, Task[]][] {
  const sorted = [...tasks].sort(byDate);
  return PARTS.map((part): [Part, Task[]] => [part, sorted.filter((task) => partOf(task, now) === part)]).filter(
    ([, held]) => held.length > 0,
  );
}
