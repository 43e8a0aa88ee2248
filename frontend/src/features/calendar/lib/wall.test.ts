import { expect, it } from "vitest";

import { addDays, addMinutes, addMonths, instantOf, minutesBetween, mondayOf, wallOf, weekNumber, weekdayOf } from "./wall";

it("reads the clock of a zone on both sides of the change", () => {
  expect(wallOf("2026-10-19T07:00:00Z", "Europe/Paris")).toBe("2026-10-19T09:00:00");
  expect(wallOf("2026-10-26T08:00:00Z", "Europe/Paris")).toBe("2026-10-26T09:00:00");
  expect(wallOf("2026-11-24T00:00:00Z", "America/Cayenne")).toBe("2026-11-23T21:00:00");
});

it("finds the instant of a wall time", () => {
  expect(instantOf("2026-10-19T09:00:00", "Europe/Paris").toISOString()).toBe("2026-10-19T07:00:00.000Z");
  expect(instantOf("2026-10-26T09:00", "Europe/Paris").toISOString()).toBe("2026-10-26T08:00:00.000Z");
});

it("reads a skipped hour with the offset before the change, and the first of two equal hours", () => {
  expect(instantOf("2027-03-28T02:30:00", "Europe/Paris").toISOString()).toBe("2027-03-28T01:30:00.000Z");
  expect(instantOf("2026-10-25T02:30:00", "Europe/Paris").toISOString()).toBe("2026-10-25T00:30:00.000Z");
});

it("counts in wall time", () => {
  expect(addMinutes("2026-10-25T01:30:00", 120)).toBe("2026-10-25T03:30:00");
  expect(minutesBetween("2026-11-24T09:00:00", "2026-11-25T10:30:00")).toBe(1530);
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
  expect(addMonths("2026-11-24", -11)).toBe("2025-12-24");
});

it("knows ISO weeks and weekdays", () => {
  expect(weekNumber("2026-11-24")).toBe(48);
  expect(weekNumber("2027-01-01")).toBe(53);
  expect(weekNumber("2027-01-04")).toBe(1);
  expect(weekdayOf("2026-11-23")).toBe(0);
  expect(mondayOf("2026-11-29")).toBe("2026-11-23");
});
