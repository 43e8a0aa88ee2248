/** What the form of an event holds, and what is sent of it: only what the person changed. */
import type { CalendarEvent, EventPatch, Line, NewEvent, OccurrencePatch } from "../api";
import { readRule, ruleText, type Repeat } from "./rule";
import { sentForSeriesIn, type Timing } from "./timing";
import { addDays, addMinutes, dateOf, minutesBetween, timeOf, wallOf, instantOf } from "./wall";

export interface FormValues {
  title: string;
  allDay: boolean;
  startDate: string;
  startTime: string;
  /** For whole days: the last one, included. */
  endDate: string;
  endTime: string;
  zone: string;
  repeat: Repeat | null;
  /** A rule that the form cannot show, kept as it is. */
  otherRule: string;
  attendees: string[];
  location: string;
  description: string;
  color: number;
}

export function blank(timing: Timing, zone: string, color: number): FormValues {
  return {
    title: "",
    ...dated(timing),
    zone,
    repeat: null,
    otherRule: "",
    attendees: [],
    location: "",
    description: "",
    color,
  };
}

function dated({ allDay, start, end }: Timing): Pick<FormValues, "allDay" | "startDate" | "startTime" | "endDate" | "endTime"> {
  if (allDay) return { allDay, startDate: start, startTime: "09:00", endDate: addDays(end, -1), endTime: "10:00" };
  return { allDay, startDate: dateOf(start), startTime: timeOf(start), endDate: dateOf(end), endTime: timeOf(end) };
}

/** The form of an event or of one occurrence, in the event's own zone. */
export function valuesOf(line: Line, viewerZone: string): FormValues {
  const repeat = line.rrule === "" ? null : readRule(line.rrule, line.time_zone);
  return {
    title: line.title,
    ...dated({ allDay: line.all_day, start: line.start_local, end: line.end_local }),
    zone: line.time_zone ?? viewerZone,
    repeat,
    otherRule: repeat === null ? line.rrule : "",
    attendees: line.attendees.map((attendee) => attendee.person.id),
    location: line.location,
    description: line.description,
    color: line.color,
  };
}

/** The time that the form says, on the wall of its zone; whole days with the end excluded. */
export function timingIn(values: FormValues): Timing {
  if (values.allDay) return { allDay: true, start: values.startDate, end: addDays(values.endDate || values.startDate, 1) };
  return {
    allDay: false,
    start: `${values.startDate}T${values.startTime}:00`,
    end: `${values.endDate}T${values.endTime}:00`,
  };
}

/** The same on the wall of the person who looks: for drawing it in the grid. */
export function timingFor(values: FormValues, viewerZone: string): Timing | null {
  if (!isComplete(values)) return null;
  const timing = timingIn(values);
  if (timing.allDay) return timing;
  return {
    allDay: false,
    start: wallOf(instantOf(timing.start, values.zone), viewerZone),
    end: wallOf(instantOf(timing.end, values.zone), viewerZone),
  };
}

export function isComplete(values: FormValues): boolean {
  const days = values.startDate !== "" && values.endDate !== "";
  return days && (values.allDay || (values.startTime !== "" && values.endTime !== ""));
}

export function endsBeforeItBegins(values: FormValues): boolean {
  if (!isComplete(values)) return false;
  const { start, end } = timingIn(values);
  return minutesBetween(start, end) < (values.allDay ? 1 : 0);
}

/** Another start takes the end along, so that the length stays. */
export function withStart(values: FormValues, change: { startDate?: string; startTime?: string }): FormValues {
  const next = { ...values, ...change };
  if (!isComplete(values) || next.startDate === "" || next.startTime === "") return next;
  const before = timingIn(values);
  if (values.allDay) {
    const days = minutesBetween(values.startDate, next.startDate) / (24 * 60);
    return { ...next, endDate: addDays(values.endDate, days) };
  }
  const end = addMinutes(`${next.startDate}T${next.startTime}:00`, minutesBetween(before.start, before.end));
  return { ...next, endDate: dateOf(end), endTime: timeOf(end) };
}

function ruleOf(values: FormValues): string {
  if (values.otherRule !== "") return values.otherRule;
  return values.repeat === null ? "" : ruleText(values.repeat, values.allDay ? null : values.zone);
}

export function newEvent(id: string, values: FormValues): NewEvent {
  const { start, end, allDay } = timingIn(values);
  return {
    id,
    title: values.title.trim(),
    start,
    end,
    all_day: allDay,
    time_zone: allDay ? null : values.zone,
    description: values.description,
    location: values.location.trim(),
    color: values.color,
    rrule: ruleOf(values),
    attendees: values.attendees,
  };
}

function wordsChanged(values: FormValues, before: FormValues): Pick<EventPatch, "title" | "location" | "description"> {
  return {
    ...(values.title.trim() !== before.title && { title: values.title.trim() }),
    ...(values.location.trim() !== before.location && { location: values.location.trim() }),
    ...(values.description !== before.description && { description: values.description }),
  };
}

function timeChanged(values: FormValues, before: FormValues): boolean {
  const a = timingIn(values);
  const b = timingIn(before);
  return a.start !== b.start || a.end !== b.end || a.allDay !== b.allDay || (!a.allDay && values.zone !== before.zone);
}

/** For one occurrence: its words and its time. */
export function occurrencePatch(values: FormValues, before: FormValues): OccurrencePatch {
  const { start, end, allDay } = timingIn(values);
  return {
    ...wordsChanged(values, before),
    ...(timeChanged(values, before) && { start, end, ...(!allDay && { time_zone: values.zone }) }),
  };
}

/** For an event, or for a whole series seen through one of its occurrences. */
export function eventPatch(values: FormValues, before: FormValues, line: Line, series: CalendarEvent | null): EventPatch {
  const timing = timingIn(values);
  const time =
    series === null || line.recurrence_id === null
      ? { start: timing.start, end: timing.end, all_day: timing.allDay }
      : sentForSeriesIn(series, line, timing);
  const same = [...values.attendees].sort().join() === [...before.attendees].sort().join();
  const rule = ruleOf(values);
  return {
    ...wordsChanged(values, before),
    ...(timeChanged(values, before) && { ...time, ...(!timing.allDay && { time_zone: values.zone }) }),
    ...(rule !== ruleOf(before) && { rrule: rule }),
    ...(!same && { attendees: values.attendees }),
    ...(values.color !== before.color && { color: values.color }),
  };
}
