import { expect, it } from "vitest";
import type { Notification } from "../api";
import { freshOf, rings } from "./ringing";

const AT = Date.parse("2026-11-24T09:00:00Z");
const one = (fields: Partial<Notification> = {}): Notification => ({
  id: "n", kind: "mention", actor: null, workspace_id: "w", link_kind: "chat.message", link_id: "id-of-it", parent_id: "channel", title: "",
  count: 1, created_at: "2026-11-24T08:59:59Z", read_at: null, urgent: false, rings_at: "2026-11-24T08:59:59Z", version: 1, ...fields,
});
const here = { at: AT, path: "/w/x/documents", visible: true, resumed: false };

it("rings elsewhere in the page, and nowhere else", () => {
  expect(rings(one(), here)).toBe(true);
  expect(rings(one(), { ...here, path: "/w/x/discussions/channel" })).toBe(false);
  expect(rings(one(), { ...here, visible: false })).toBe(false);
  expect(rings(one({ read_at: "2026-11-24T08:59:59Z" }), here)).toBe(false);
  expect(rings(one({ rings_at: null }), here)).toBe(false);
  expect(rings(one({ created_at: "2026-11-24T08:00:00Z" }), here)).toBe(false);
});

it("is silent out of hours, but for what is urgent or was asked for", () => {
  const later = { rings_at: "2026-11-24T13:00:00Z" };
  expect(rings(one(later), here)).toBe(false);
  expect(rings(one({ ...later, urgent: true }), here)).toBe(true);
  expect(rings(one(later), { ...here, resumed: true })).toBe(true);
});

it("what was there at the start is no news; what counts on is", () => {
  expect(freshOf(undefined, [one()])).toEqual([]);
  expect(freshOf([one()], [one()])).toEqual([]);
  expect(freshOf([one()], [one({ count: 2 }), one({ id: "o" })]).map((each) => each.id)).toEqual(["n", "o"]);
});
