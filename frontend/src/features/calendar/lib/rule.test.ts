import { expect, it } from "vitest";

import { readRule, ruleText, type Repeat } from "./rule";

const cases: [Repeat, string | null, string][] = [
  [{ frequency: "weekly", interval: 1, days: [], end: { kind: "never" } }, "Europe/Paris", "FREQ=WEEKLY"],
  [
    { frequency: "weekly", interval: 2, days: [0, 2], end: { kind: "count", count: 5 } },
    "Europe/Paris",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=5",
  ],
  [
    { frequency: "daily", interval: 1, days: [], end: { kind: "until", date: "2026-12-31" } },
    "Europe/Paris",
    "FREQ=DAILY;UNTIL=20261231T225959Z",
  ],
  [
    { frequency: "daily", interval: 1, days: [], end: { kind: "until", date: "2026-12-31" } },
    "America/Cayenne",
    "FREQ=DAILY;UNTIL=20270101T025959Z",
  ],
  [
    { frequency: "monthly", interval: 1, days: [], end: { kind: "until", date: "2026-12-31" } },
    null,
    "FREQ=MONTHLY;UNTIL=20261231",
  ],
];

it.each(cases)("writes and reads %j", (repeat, zone, text) => {
  expect(ruleText(repeat, zone)).toBe(text);
  expect(readRule(text, zone)).toEqual(repeat);
});

it("leaves alone what the form cannot show", () => {
  expect(readRule("FREQ=MONTHLY;BYDAY=2TU", "Europe/Paris")).toBeNull();
  expect(readRule("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "Europe/Paris")).toBeNull();
});
