import { expect, it } from "vitest";
import type { CalendarEvent, Line } from "../api";
import { moved, resized, sent, sentForSeries, type Timing } from "./timing";
import { fetchedFor, periodOf, stepped } from "./view";

const ten: Timing = { allDay: false, start: "2026-11-24T10:00:00", end: "2026-11-24T11:00:00" };

it("moves by a quarter of an hour and by a day", () => {
  expect(moved(ten, { minutes: -15 })).toEqual({ allDay: false, start: "2026-11-24T09:45:00", end: "2026-11-24T10:45:00" });
  expect(moved({ allDay: true, start: "2026-11-30", end: "2026-12-02" }, { days: 1 })).toEqual({
    allDay: true,
    start: "2026-12-01",
    end: "2026-12-03",
  });
});

it("never gets shorter than one step", () => {
  const short: Timing = { ...ten, end: "2026-11-24T10:15:00" };
  expect(resized(short, -1)).toEqual(short);
  expect(resized(ten, 1).end).toBe("2026-11-24T11:15:00");
  const day: Timing = { allDay: true, start: "2026-11-24", end: "2026-11-25" };
  expect(resized(day, -1)).toEqual(day);
});

it("tells the server instants", () => {
  expect(sent(ten, "Europe/Paris")).toEqual({
    start: "2026-11-24T09:00:00.000Z",
    end: "2026-11-24T10:00:00.000Z",
    all_day: false,
  });
});

it("moves a series in its own zone, across the clock change", () => {
  const series = { time_zone: "Europe/Paris", start_local: "2026-10-19T09:00:00" } as CalendarEvent;
  const line = { all_day: false, start_local: "2026-11-23T09:00:00" } as Line;
  // seen from Cayenne: 05:00 there, moved to 06:00 of the next day
  const timing: Timing = { allDay: false, start: "2026-11-24T06:00:00", end: "2026-11-24T07:30:00" };
  expect(sentForSeries(series, line, timing, "America/Cayenne")).toEqual({
    start: "2026-10-20T10:00:00",
    end: "2026-10-20T11:30:00",
    all_day: false,
  });
});

it("goes from a working day to the next", () => {
  expect(stepped("jour", "2026-11-27", 1, 5)).toBe("2026-11-30");
  expect(stepped("jour", "2026-11-30", -1, 5)).toBe("2026-11-27");
  expect(stepped("jour", "2026-11-27", 1, 7)).toBe("2026-11-28");
  expect(stepped("mois", "2026-12-31", 1, 5)).toBe("2027-01-01");
  expect(stepped("semaine", "2026-11-24", -1, 5)).toBe("2026-11-17");
});

it("fetches whole weeks", () => {
  expect(periodOf("semaine", "2026-11-26", 5)).toEqual({ from: "2026-11-23", to: "2026-11-28" });
  expect(fetchedFor("jour", "2026-11-26")).toEqual({ from: "2026-11-23", to: "2026-11-30" });
  expect(fetchedFor("mois", "2026-11-26")).toEqual({ from: "2026-10-26", to: "2026-12-07" });
});
