import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it, vi } from "vitest";
import { keys, type CalendarEvent, type EventPage } from "./api";
import { folds } from "./live";

const person = { id: "p", name: "Alice", avatar_url: null, color: 1, version: 1 };

function event(fields: Partial<CalendarEvent>): CalendarEvent {
  return {
    id: "e1",
    workspace_id: "w",
    scope_id: "w",
    uid: "e1@plano",
    title: "Point",
    description: "",
    location: "",
    color: 1,
    all_day: false,
    start: "2026-11-24T08:00:00Z",
    end: "2026-11-24T09:00:00Z",
    start_local: "2026-11-24T09:00:00",
    end_local: "2026-11-24T10:00:00",
    time_zone: "Europe/Paris",
    rrule: "",
    attendees: [],
    organiser: person,
    meeting_id: null,
    origin: null,
    sequence: 0,
    version: 1,
    created_at: "2026-11-01T08:00:00Z",
    updated_at: "2026-11-01T08:00:00Z",
    exdates: [],
    overrides: [],
    ...fields,
  };
}

const key = keys.range("w", "2026-11-23", "2026-11-30", "Europe/Paris");
let cache: QueryClient;

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData<EventPage>(key, { items: [], next: null, truncated: false, abilities: {} });
});

const changed = (fields: Partial<CalendarEvent>): void => folds["calendar.event"].changed(cache, event(fields));
const titles = (): string[] => cache.getQueryData<EventPage>(key)?.items.map((line) => line.title) ?? [];

it("puts a new event where it belongs, once", () => {
  changed({});
  changed({});
  changed({ id: "e2", title: "Plus tôt", start: "2026-11-24T07:00:00Z", end: "2026-11-24T07:30:00Z" });
  expect(titles()).toEqual(["Plus tôt", "Point"]);
});

it("keeps the newer of two versions, whatever their order", () => {
  changed({ version: 3, title: "Trois" });
  changed({ version: 2, title: "Deux" });
  expect(titles()).toEqual(["Trois"]);
});

it("takes an event out of a week that it has left", () => {
  changed({});
  changed({ version: 2, start: "2026-12-01T08:00:00Z", end: "2026-12-01T09:00:00Z" });
  expect(titles()).toEqual([]);
});

it("takes out what was removed", () => {
  changed({});
  folds["calendar.event"].removed(cache, { id: "e1", parent_id: "w" });
  expect(titles()).toEqual([]);
});

it("asks again for the range when a series changes", () => {
  const again = vi.spyOn(cache, "invalidateQueries");
  changed({ rrule: "FREQ=WEEKLY" });
  expect(again).toHaveBeenCalledWith({ queryKey: key, exact: true });
});

it("leaves the calendar of another workspace alone", () => {
  changed({ workspace_id: "other" });
  expect(titles()).toEqual([]);
});
