/** The views, what each of them shows, and how one goes to the next. */
import { addDays, addMonths, mondayOf } from "./wall";

export const VIEWS = ["jour", "semaine", "mois", "liste"] as const;
export type View = (typeof VIEWS)[number];

export interface Period {
  /** First date. */
  from: string;
  /** Last date, excluded. */
  to: string;
}

/** What the person means to see. */
export function periodOf(view: View, date: string, days: 5 | 7): Period {
  if (view === "jour") return { from: date, to: addDays(date, 1) };
  if (view === "semaine") return { from: mondayOf(date), to: addDays(mondayOf(date), days) };
  const first = `${date.slice(0, 7)}-01`;
  return { from: first, to: addMonths(first, 1) };
}

/** What is fetched for it: whole weeks, so that day and week share, and six of them for a month's grid. */
export function fetchedFor(view: View, date: string): Period {
  if (view === "jour" || view === "semaine") return { from: mondayOf(date), to: addDays(mondayOf(date), 7) };
  const from = mondayOf(`${date.slice(0, 7)}-01`);
  return { from, to: addDays(from, 42) };
}

/** The date of the period before (-1) or after (1). */
export function stepped(view: View, date: string, direction: -1 | 1, days: 5 | 7): string {
  if (view === "semaine") return addDays(date, 7 * direction);
  if (view !== "jour") return addMonths(`${date.slice(0, 7)}-01`, direction);
  const next = addDays(date, direction);
  if (days === 7) return next;
  const weekday = (new Date(`${next}T00:00:00Z`).getUTCDay() + 6) % 7;
  return weekday < 5 ? next : addDays(next, direction === 1 ? 7 - weekday : 4 - weekday);
}
