import { expect, it } from "vitest";
import { estimate, rowsOf, type RowsOf } from "./rows";
import { message } from "./testing";

const at = (day: number, minute: number): string => `2026-11-${day}T09:${String(minute).padStart(2, "0")}:00Z`;
const rows = (fields: Partial<RowsOf>): string[] =>
  rowsOf({ messages: [], waiting: [], line: null, atLeast: 0, start: false, me: "me", dayOf: (one) => one.slice(0, 10), ...fields }).map((row) =>
    row.kind === "new" ? `new ${row.count}` : row.kind === "message" || row.kind === "waiting" ? `${row.key}${row.grouped ? " +" : ""}` : row.kind,
  );

it("separates days and groups what one person says in a row", () => {
  const messages = [message(1, { created_at: at(22, 0) }), message(2, { created_at: at(23, 0) }), message(3, { created_at: at(23, 2) }), message(4, { created_at: at(23, 30) })];
  expect(rows({ messages })).toEqual(["day", "m1", "day", "m2", "m3 +", "m4"]);
});

it("draws the line before the first message of others, and counts only theirs", () => {
  const mine = { author: { ...message(1).author, id: "me" } };
  const messages = [message(1), message(2, mine), message(3), message(4)];
  expect(rows({ messages, line: 1 })).toEqual(["day", "m1", "m2", "new 2", "m3", "m4 +"]);
});

it("says how many are new when not all of them are held", () => {
  expect(rows({ messages: [message(1), message(3)], line: 1, atLeast: 86 })).toContain("new 86");
});

it("shows what is on its way after the rest, and not twice what has arrived", () => {
  const waiting = ["m1", "w2", "w3"].map((id) => ({ id, user: "me", channel: "c", thread: null, text: "", mentions: [], at: 0, refused: null }));
  expect(rows({ messages: [message(1)], waiting })).toEqual(["day", "m1", "w2", "w3 +"]);
});

it("keeps room for the cards of links, three at most", () => {
  const high = (links: number): number =>
    estimate({ kind: "message", key: "m", grouped: false, message: message(1, { text: `${window.location.origin}/w/x `.repeat(links).trim() }) });
  expect(high(2) - high(1)).toBeGreaterThan(50);
  expect(high(12)).toBeLessThan(high(3) + 200);
});
