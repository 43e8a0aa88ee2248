/** Lines of the calendar: their order, their place in a view, and how an event becomes one. */
import type { CalendarEvent, EventPage, Line } from "../api";
import { addDays, dateOf, wallOf } from "./wall";

/** What names a line on the screen and in the address. */
export function lineKey(line: Pick<Line, "id" | "recurrence_id">): string {
  return line.recurrence_id === null ? line.id : `${line.id}_${line.recurrence_id}`;
}

/** An event that does not repeat, as a line. */
export function lineOf(event: CalendarEvent): Line {
  const line: Line & Partial<CalendarEvent> = { ...event, recurrence_id: null, changed: false };
  delete line.exdates;
  delete line.overrides;
  return line;
}

export interface Walls {
  start: string;
  end: string;
}

/** From when to when on the clock of the person who looks; dates for whole days (end excluded). */
export function wallsOf(line: Pick<Line, "all_day" | "start" | "end">, zone: string): Walls {
  if (line.all_day) return { start: line.start, end: line.end };
  return { start: wallOf(line.start, zone), end: wallOf(line.end, zone) };
}

/** The days that a line touches for this person, first and last included. */
export function daysOf(line: Line, zone: string): { first: string; last: string } {
  const { start, end } = wallsOf(line, zone);
  if (line.all_day) return { first: start, last: addDays(end, -1) };
  const endsAtMidnight = end.endsWith("T00:00:00") && end > start;
  return { first: dateOf(start), last: endsAtMidnight ? addDays(end, -1) : dateOf(end) };
}

/** Whether a line shows between two dates, the second excluded. */
export function shows(line: Line, from: string, to: string, zone: string): boolean {
  const { first, last } = daysOf(line, zone);
  return first < to && last >= from;
}

/** By start; whole days before hours of the same day. */
export function byStart(a: Line, b: Line): number {
  return a.start.localeCompare(b.start) || b.end.localeCompare(a.end) || lineKey(a).localeCompare(lineKey(b));
}

/** A changed event in one page of lines, or null when the page has to be fetched again (series). */
export function withEvent(
  page: EventPage,
  event: CalendarEvent,
  window: { from: string; to: string; zone: string },
): EventPage | null {
  const held = page.items.filter((line) => line.id === event.id);
  if (held.some((line) => line.version > event.version)) return page;
  if (event.rrule !== "" || held.some((line) => line.recurrence_id !== null)) return null;
  const others = page.items.filter((line) => line.id !== event.id);
  const line = lineOf(event);
  if (!shows(line, window.from, window.to, window.zone)) return held.length > 0 ? { ...page, items: others } : page;
  return { ...page, items: [...others, line].sort(byStart) };
}

export function withoutEvent(page: EventPage, id: string): EventPage {
  const items = page.items.filter((line) => line.id !== id);
  return items.length === page.items.length ? page : { ...page, items };
}
