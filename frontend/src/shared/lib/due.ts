/** Due dates in words. The day counts in the person's own zone. */
import { clock, dayKey, dayName, plainDate } from "./dates";

interface Dated {
  due_date: string | null;
  due_time: string | null;
  completed_at: string | null;
}

/** Past its day, or past its hour today. */
export function isLate(task: Dated, now: number): boolean {
  if (task.due_date === null || task.completed_at !== null) return false;
  const today = dayKey(now);
  if (task.due_date !== today) return task.due_date < today;
  return task.due_time !== null && task.due_time < clock(now);
}

/** « aujourd’hui », « jeudi 26 nov. » */
export function dueDay(date: string, now: number): string {
  return dayName(plainDate(date), now);
}

/** Late, today, later, without date: the groups of a list of mine. */
export function byDate(a: Dated, b: Dated): number {
  const one = `${a.due_date ?? "9999"}T${a.due_time ?? "24"}`;
  const two = `${b.due_date ?? "9999"}T${b.due_time ?? "24"}`;
  return one < two ? -1 : one > two ? 1 : 0;
}
