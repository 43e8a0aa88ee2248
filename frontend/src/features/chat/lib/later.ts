/** Times to come, in the person's own zone. Pure. */
import { dayKey } from "../../../shared/lib/dates";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Moment {
  key: "in_20" | "in_60" | "in_180" | "tomorrow" | "monday";
  at: Date;
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function ahead(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  const of = new Map(parts.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const shown = Date.UTC(of.get("year") ?? 0, (of.get("month") ?? 1) - 1, of.get("day"), of.get("hour"), of.get("minute"));
  return shown - Math.floor(at / MINUTE) * MINUTE;
}

/** The instant at which the clocks of a zone show this day and time; null for what is no time. */
export function instantOf(day: string, time: string, zone: string): Date | null {
  const local = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(local)) return null;
  const guess = local - ahead(local, zone);
  return new Date(local - ahead(guess, zone));
}

/** A whole number of days after the day of an instant. */
export function dayAfter(at: number, days: number): string {
  const noon = Date.parse(`${dayKey(at)}T12:00:00Z`);
  return new Date(noon + days * DAY).toISOString().slice(0, 10);
}

function morning(now: number, days: number, zone: string): Date {
  return instantOf(dayAfter(now, days), "09:00", zone) ?? new Date(now + days * DAY);
}

function daysToMonday(now: number): number {
  const weekday = new Date(`${dayKey(now)}T12:00:00Z`).getUTCDay();
  return ((8 - weekday) % 7) || 7;
}

/** When one usually sends something later. */
export function sendingTimes(now: number, zone: string): Moment[] {
  const monday = daysToMonday(now);
  return [
    { key: "in_60", at: new Date(now + HOUR) },
    { key: "tomorrow", at: morning(now, 1, zone) },
    ...(monday === 1 ? [] : [{ key: "monday" as const, at: morning(now, monday, zone) }]),
  ];
}

/** When one usually wants to come back to something. */
export function remindingTimes(now: number, zone: string): Moment[] {
  return [
    { key: "in_20", at: new Date(now + 20 * MINUTE) },
    { key: "in_180", at: new Date(now + 3 * HOUR) },
    { key: "tomorrow", at: morning(now, 1, zone) },
  ];
}
