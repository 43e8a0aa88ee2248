/** Recurrence as the form shows it, and its text on the wire (RFC 5545). What the form cannot show is kept as it is. */

import { addDays, asUtcDate, dateOf, instantOf, wallOf, weekdayOf } from "./wall";

export const FREQUENCIES = ["daily", "weekly", "monthly", "yearly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

export interface Repeat {
  frequency: Frequency;
  interval: number;
  /** Weekly only; Monday is 0. Empty: the day of the first one. */
  days: number[];
  end: { kind: "never" } | { kind: "until"; date: string } | { kind: "count"; count: number };
}

export const WEEKLY: Repeat = { frequency: "weekly", interval: 1, days: [], end: { kind: "never" } };

/** The rule's text. `zone` is the event's, null for whole days: the last day is meant there. */
export function ruleText(repeat: Repeat, zone: string | null): string {
  const parts = [`FREQ=${repeat.frequency.toUpperCase()}`];
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`);
  if (repeat.frequency === "weekly" && repeat.days.length > 0) {
    parts.push(`BYDAY=${[...repeat.days].sort().map((day) => WEEKDAYS[day]).join(",")}`);
  }
  if (repeat.end.kind === "count") parts.push(`COUNT=${repeat.end.count}`);
  if (repeat.end.kind === "until") parts.push(`UNTIL=${untilText(repeat.end.date, zone)}`);
  return parts.join(";");
}

function untilText(date: string, zone: string | null): string {
  const day = date.replaceAll("-", "");
  if (zone === null) return day;
  const last = instantOf(`${date}T23:59:59`, zone).toISOString();
  return last.replaceAll("-", "").replaceAll(":", "").replace(/\.\d+Z$/, "Z");
}

/** What the form can show of a rule; null when the rule says more than that. */
export function readRule(text: string, zone: string | null): Repeat | null {
  const parts = new Map(text.split(";").map((part) => part.split("=", 2) as [string, string]));
  const frequency = FREQUENCIES.find((name) => name === parts.get("FREQ")?.toLowerCase());
  if (!frequency) return null;
  const known = new Set(["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", ...(frequency === "weekly" ? ["BYDAY"] : [])]);
  if ([...parts.keys()].some((name) => !known.has(name))) return null;
  const days = (parts.get("BYDAY") ?? "")
    .split(",")
    .filter(Boolean)
    .map((day) => WEEKDAYS.findIndex((name) => name === day));
  const until = parts.get("UNTIL");
  const count = parts.get("COUNT");
  return {
    frequency,
    interval: Number(parts.get("INTERVAL") ?? 1),
    days,
    end: until
      ? { kind: "until", date: readUntil(until, zone) }
      : count
        ? { kind: "count", count: Number(count) }
        : { kind: "never" },
  };
}

function readUntil(text: string, zone: string | null): string {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  if (text.length === 8 || zone === null) return date;
  const time = `${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}`;
  return dateOf(wallOf(`${date}T${time}Z`, zone));
}

/** Monday 23 November 2026, for the names of weekdays. */
const SOME_MONDAY = "2026-11-23";

/** The names of the weekdays in the reader's language, from Monday. */
export function weekdayNames(language: string, style: "long" | "short"): string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: style, timeZone: "UTC" });
  return WEEKDAYS.map((_, day) => format.format(asUtcDate(addDays(SOME_MONDAY, day))));
}

/** The weekdays of a rule, the first one's when it names none. */
export function ruleDays(repeat: Repeat, first: string): number[] {
  return repeat.days.length > 0 ? repeat.days : [weekdayOf(first)];
}
