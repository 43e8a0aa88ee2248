/** Dates and times of the calendar, in the reader's language and on the reader's clock. */
import type { Line } from "../api";
import { daysOf, wallsOf } from "./lines";
import { addDays, asUtcDate, dateOf, mondayOf, timeOf } from "./wall";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  formats.set(key, known);
  return known;
}

function write(language: string, wall: string, options: Intl.DateTimeFormatOptions): string {
  return format(language, options).format(asUtcDate(wall));
}

/** « mardi 24 novembre » */
export const longDay = (language: string, wall: string): string =>
  write(language, wall, { weekday: "long", day: "numeric", month: "long" });

/** « mardi 24 novembre 2026 » */
export const fullDay = (language: string, wall: string): string =>
  write(language, wall, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** « mardi 24 » */
export const weekDay = (language: string, wall: string): string =>
  write(language, wall, { weekday: "long", day: "numeric" });

/** « M 24 » */
export const narrowDay = (language: string, wall: string): { letter: string; number: string } => ({
  letter: write(language, wall, { weekday: "narrow" }),
  number: String(Number(wall.slice(8, 10))),
});

/** « Novembre 2026 », or both months of a week that has two. */
export function monthTitle(language: string, first: string, last: string): string {
  const text =
    first.slice(0, 7) === last.slice(0, 7)
      ? write(language, first, { month: "long", year: "numeric" })
      : format(language, { month: "long", year: "numeric" }).formatRange(asUtcDate(first), asUtcDate(last));
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

/** « 10:00 – 11:00 », with the other day when it ends on one. */
export function hours(line: Pick<Line, "all_day" | "start" | "end">, zone: string, language: string): string {
  const { start, end } = wallsOf(line, zone);
  const last = dateOf(start) === dateOf(end) || end === `${addDays(start, 1)}T00:00:00` ? "" : `${shortDay(language, end)} `;
  return `${timeOf(start)} – ${last}${timeOf(end)}`;
}

/** « jeu. 26 nov. » */
export const shortDay = (language: string, wall: string): string =>
  write(language, wall, { weekday: "short", day: "numeric", month: "short" });

/** The whole of when: « mardi 24 novembre 2026, 10:00 – 11:00 » or « du … au … ». */
export function when(line: Line, zone: string, language: string): string {
  const { first, last } = daysOf(line, zone);
  if (line.all_day) {
    if (first === last) return fullDay(language, first);
    return format(language, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).formatRange(
      asUtcDate(first),
      asUtcDate(last),
    );
  }
  return `${fullDay(language, first)}, ${hours(line, zone, language)}`;
}

/** « heure de Paris »: the zone as people call it. */
export function zoneName(language: string, zone: string): string {
  const generic = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: "longGeneric" });
  const name = generic.formatToParts(new Date()).find((part) => part.type === "timeZoneName")?.value ?? zone;
  return name;
}

/** « Paris »: the city of a zone. */
export const zoneCity = (zone: string): string => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

/** The five days, or seven, of the week of a date. */
export const weekDays = (date: string, count: number): string[] =>
  Array.from({ length: count }, (_, day) => addDays(mondayOf(date), day));
