import { beforeEach, expect, it } from "vitest";
import type { CalendarEvent, Line } from "../api";
import { keepDraft, keptDraft } from "./draft";
import { blank, endsBeforeItBegins, eventPatch, newEvent, occurrencePatch, timingFor, valuesOf, withStart } from "./form";

const person = { id: "p", name: "Alice", avatar_url: null, color: 1, version: 1 };
const line: Line = {
  id: "e1",
  workspace_id: "w",
  scope_id: "w",
  uid: "e1@plano",
  title: "Point",
  description: "",
  location: "",
  color: 1,
  all_day: false,
  start: "2026-11-30T09:00:00Z",
  end: "2026-11-30T10:00:00Z",
  start_local: "2026-11-30T10:00:00",
  end_local: "2026-11-30T11:00:00",
  time_zone: "Europe/Paris",
  rrule: "FREQ=WEEKLY",
  attendees: [{ person, answer: "accepted" }],
  organiser: person,
  meeting_id: null,
  origin: null,
  sequence: 0,
  version: 1,
  created_at: "2026-11-01T08:00:00Z",
  updated_at: "2026-11-01T08:00:00Z",
  recurrence_id: "20261130T100000",
  changed: false,
};
const series = { ...line, start_local: "2026-11-23T10:00:00", end_local: "2026-11-23T11:00:00", exdates: [], overrides: [] } as unknown as CalendarEvent;

beforeEach(() => sessionStorage.clear());

it("shows whole days with their last day included and sends it excluded", () => {
  const values = blank({ allDay: true, start: "2026-11-24", end: "2026-11-26" }, "Europe/Paris", 1);
  expect([values.startDate, values.endDate]).toEqual(["2026-11-24", "2026-11-25"]);
  expect(newEvent("id", { ...values, title: " Séminaire " })).toMatchObject({
    title: "Séminaire",
    start: "2026-11-24",
    end: "2026-11-26",
    all_day: true,
    time_zone: null,
  });
});

it("keeps the length when the start moves", () => {
  const values = withStart(valuesOf(line, "Europe/Paris"), { startTime: "23:30" });
  expect([values.endDate, values.endTime]).toEqual(["2026-12-01", "00:30"]);
});

it("knows an end before its beginning, in both kinds", () => {
  const values = valuesOf(line, "Europe/Paris");
  expect(endsBeforeItBegins(values)).toBe(false);
  expect(endsBeforeItBegins({ ...values, endTime: "09:00" })).toBe(true);
  expect(endsBeforeItBegins({ ...values, allDay: true, endDate: "2026-11-29" })).toBe(true);
});

it("is drawn on the clock of the person who looks", () => {
  expect(timingFor(valuesOf(line, "Europe/Paris"), "America/Cayenne")).toMatchObject({ start: "2026-11-30T06:00:00" });
});

it("sends only what changed", () => {
  const before = valuesOf(line, "Europe/Paris");
  expect(eventPatch(before, before, line, series)).toEqual({});
  expect(eventPatch({ ...before, location: "Salle 2" }, before, line, series)).toEqual({ location: "Salle 2" });
  expect(eventPatch({ ...before, attendees: [] }, before, line, series)).toEqual({ attendees: [] });
});

it("moves one occurrence where it says, and a series by as much as the occurrence moved", () => {
  const before = valuesOf(line, "Europe/Paris");
  const later = withStart(before, { startDate: "2026-12-01" });
  expect(occurrencePatch(later, before)).toEqual({
    start: "2026-12-01T10:00:00",
    end: "2026-12-01T11:00:00",
    time_zone: "Europe/Paris",
  });
  expect(eventPatch(later, before, line, series)).toMatchObject({ start: "2026-11-24T10:00:00", end: "2026-11-24T11:00:00" });
});

it("keeps a rule that the form cannot show", () => {
  const other = { ...line, rrule: "FREQ=MONTHLY;BYDAY=2MO" };
  const before = valuesOf(other, "Europe/Paris");
  expect([before.repeat, before.otherRule]).toEqual([null, "FREQ=MONTHLY;BYDAY=2MO"]);
  expect(eventPatch({ ...before, title: "Revue" }, before, other, null)).toEqual({ title: "Revue" });
});

it("keeps a draft until it is given up", () => {
  const values = { ...valuesOf(line, "Europe/Paris"), title: "Brouillon" };
  keepDraft("w", { id: "n", values, before: values });
  expect(keptDraft("w")?.values.title).toBe("Brouillon");
  expect(keptDraft("other")).toBeNull();
  keepDraft("w", null);
  expect(keptDraft("w")).toBeNull();
});
