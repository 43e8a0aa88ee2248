import { afterEach, expect, it } from "vitest";
import { setTimeZone, timeZone } from "../../../shared/lib/dates";
import { instantOf, remindingTimes, sendingTimes } from "./later";

const before = timeZone();
afterEach(() => setTimeZone(before));

it("means the clocks of the zone, whatever the season", () => {
  expect(instantOf("2026-11-25", "09:00", "Europe/Paris")?.toISOString()).toBe("2026-11-25T08:00:00.000Z");
  expect(instantOf("2026-07-01", "09:00", "Europe/Paris")?.toISOString()).toBe("2026-07-01T07:00:00.000Z");
  expect(instantOf("2026-11-25", "09:00", "Indian/Reunion")?.toISOString()).toBe("2026-11-25T05:00:00.000Z");
  expect(instantOf("2026-10-25", "09:00", "Europe/Paris")?.toISOString()).toBe("2026-10-25T08:00:00.000Z");
  expect(instantOf("", "09:00", "Europe/Paris")).toBeNull();
});

it("offers tomorrow and Monday in the person's own morning", () => {
  setTimeZone("America/Cayenne");
  const now = Date.parse("2026-11-25T01:30:00Z"); // Tuesday 22:30 in Cayenne
  expect(sendingTimes(now, "America/Cayenne").map(({ key, at }) => [key, at.toISOString()])).toEqual([
    ["in_60", "2026-11-25T02:30:00.000Z"],
    ["tomorrow", "2026-11-25T12:00:00.000Z"],
    ["monday", "2026-11-30T12:00:00.000Z"],
  ]);
  expect(remindingTimes(now, "America/Cayenne").map(({ key }) => key)).toEqual(["in_20", "in_180", "tomorrow"]);
});

it("names Monday once", () => {
  setTimeZone("Europe/Paris");
  const sunday = Date.parse("2026-11-29T10:00:00Z");
  expect(sendingTimes(sunday, "Europe/Paris").map(({ key }) => key)).toEqual(["in_60", "tomorrow"]);
  const monday = Date.parse("2026-11-30T10:00:00Z");
  expect(sendingTimes(monday, "Europe/Paris")[2]?.at.toISOString()).toBe("2026-12-07T08:00:00.000Z");
});
