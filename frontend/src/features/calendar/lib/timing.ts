/** Moving and resizing, in wall times of the person who looks, and what is sent for it. */
import type { CalendarEvent, Line } from "../api";
import { wallsOf } from "./lines";
import { addDays, addMinutes, instantOf, minutesBetween, wallOf } from "./wall";

/** A new time as drawn: dates when whole days (end excluded), wall times of the viewer otherwise. */
export interface Timing {
  allDay: boolean;
  start: string;
  end: string;
}

export const STEP = 15;

export function timingOf(line: Line, zone: string): Timing {
  return { allDay: line.all_day, ...wallsOf(line, zone) };
}

export function sameTiming(a: Timing, b: Timing): boolean {
  return a.allDay === b.allDay && a.start === b.start && a.end === b.end;
}

/** Earlier or later by minutes (hours of a day only) or days. */
export function moved(timing: Timing, by: { minutes?: number; days?: number }): Timing {
  const days = by.days ?? 0;
  if (timing.allDay) return { ...timing, start: addDays(timing.start, days), end: addDays(timing.end, days) };
  const minutes = (by.minutes ?? 0) + days * 24 * 60;
  return { ...timing, start: addMinutes(timing.start, minutes), end: addMinutes(timing.end, minutes) };
}

/** Longer or shorter by one step, never under one: a quarter of an hour, or a day. */
export function resized(timing: Timing, direction: 1 | -1): Timing {
  if (timing.allDay) {
    const end = addDays(timing.end, direction);
    return end > timing.start ? { ...timing, end } : timing;
  }
  const end = addMinutes(timing.end, STEP * direction);
  return minutesBetween(timing.start, end) >= STEP ? { ...timing, end } : timing;
}

interface Sent {
  start: string;
  end: string;
  all_day: boolean;
}

/** What the server is told: dates, or instants. The event keeps its own zone. */
export function sent(timing: Timing, zone: string): Sent {
  if (timing.allDay) return { start: timing.start, end: timing.end, all_day: true };
  return {
    start: instantOf(timing.start, zone).toISOString(),
    end: instantOf(timing.end, zone).toISOString(),
    all_day: false,
  };
}

/**
 * The same move made on the whole series: its first occurrence shifts as this one does, on the wall of the series,
 * so that 9:00 there stays 9:00 there in every season. `timing` is on that wall, or whole days.
 */
export function sentForSeriesIn(series: CalendarEvent, line: Line, timing: Timing): Sent {
  const shift = minutesBetween(line.start_local, timing.start);
  const length = minutesBetween(timing.start, timing.end);
  if (timing.allDay) {
    const start = addMinutes(series.start_local, shift).slice(0, 10);
    return { start, end: addMinutes(start, length).slice(0, 10), all_day: true };
  }
  const start = addMinutes(series.start_local, shift);
  return { start, end: addMinutes(start, length), all_day: false };
}

/** The same for a time on the wall of the person who looks. */
export function sentForSeries(series: CalendarEvent, line: Line, timing: Timing, zone: string): Sent {
  if (timing.allDay || line.all_day || series.time_zone === null) return sentForSeriesIn(series, line, timing);
  const home = series.time_zone;
  const start = wallOf(instantOf(timing.start, zone), home);
  const end = wallOf(instantOf(timing.end, zone), home);
  return sentForSeriesIn(series, line, { allDay: false, start, end });
}

/** How a line looks at once, before the server has answered. */
export function drawn(line: Line, timing: Timing, zone: string): Line {
  const { start, end, all_day } = sent(timing, zone);
  return { ...line, all_day, start, end };
}
