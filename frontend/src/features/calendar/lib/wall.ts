/**
 * Wall times: what the clock of a place shows, as `2026-11-24T09:00:00`, without offset.
 * The calendar draws and edits in wall times of the viewer; instants are only for the wire.
 */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the clock of a zone shows at an instant. */
export function wallOf(instant: string | Date, zone: string): string {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(new Date(instant))) parts[type] = value;
  return `${parts["year"]}-${parts["month"]}-${parts["day"]}T${parts["hour"]}:${parts["minute"]}:${parts["second"]}`;
}

/** The instant at which the clock of a zone shows this. A skipped hour counts with the offset before the change. */
export function instantOf(wall: string, zone: string): Date {
  const target = utc(wall);
  const before = target - offset(target - DAY, zone);
  if (utc(wallOf(new Date(before), zone)) === target) return new Date(before);
  const after = target - offset(target + DAY, zone);
  return new Date(utc(wallOf(new Date(after), zone)) === target ? after : before);
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function offset(at: number, zone: string): number {
  return utc(wallOf(new Date(at), zone)) - at;
}

/** A wall time or a date as if it were in UTC: for arithmetic only. */
function utc(wall: string): number {
  return Date.parse(wall.length === 10 ? `${wall}T00:00:00Z` : `${wall.length === 16 ? `${wall}:00` : wall}Z`);
}

function written(at: number): string {
  return new Date(at).toISOString().slice(0, 19);
}

/** The wall time some minutes later, as clocks without change count. */
export function addMinutes(wall: string, minutes: number): string {
  return written(utc(wall) + minutes * MINUTE);
}

/** The date some days later. */
export function addDays(date: string, days: number): string {
  return written(utc(date.slice(0, 10)) + days * DAY).slice(0, 10);
}

/** Minutes from one wall time to another. */
export function minutesBetween(from: string, to: string): number {
  return (utc(to) - utc(from)) / MINUTE;
}

export function dateOf(wall: string): string {
  return wall.slice(0, 10);
}

export function timeOf(wall: string): string {
  return wall.slice(11, 16);
}

/** Monday is 0. */
export function weekdayOf(date: string): number {
  return (new Date(utc(dateOf(date))).getUTCDay() + 6) % 7;
}

export function mondayOf(date: string): string {
  return addDays(date, -weekdayOf(date));
}

/** Months later, the day kept or the last one of a shorter month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.slice(0, 10).split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** ISO 8601 week number. */
export function weekNumber(date: string): number {
  const thursday = addDays(mondayOf(date), 3);
  const first = mondayOf(`${thursday.slice(0, 4)}-01-04`);
  return Math.round(minutesBetween(first, addDays(thursday, -3)) / (7 * 24 * 60)) + 1;
}

/** A wall time as a Date for Intl with `timeZone: 'UTC'`. */
export function asUtcDate(wall: string): Date {
  return new Date(utc(wall));
}
