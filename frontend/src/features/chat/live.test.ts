import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import type { Frame } from "../../shared/live/frames";
import { refolded, registry, ring } from "../../shared/live/ring";
import { keys, type Mark, type Message } from "./api";
import { callsIn, mentionsOf, type Place, readTo, unreadOf } from "./lib/places";
import { message } from "./lib/testing";
import { fresh, type Timeline } from "./lib/timeline";
import { folds } from "./live";

const mark = (fields: Partial<Mark> = {}): Mark => ({
  channel_id: "c",
  workspace_id: "w",
  kind: "channel",
  seq: 5,
  unread: 2,
  mentions: 0,
  last_seq: 8,
  level: "all",
  version: 1,
  ...fields,
});

let cache: QueryClient;
const place = (): Place => {
  const found = cache.getQueryData<{ items: Place[] }>(keys.unread)?.items[0];
  if (!found) throw new Error("no place");
  return found;
};
const say = (...args: Parameters<typeof message>): void => folds["chat.message"].changed(cache, message(...args));

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(keys.unread, { items: [{ ...mark(), news: [] }] });
  cache.setQueryData<Timeline>(keys.timeline("c"), { items: [message(8)], older: "x", newer: null });
});

it("counts what others say after the mark, each once, whatever comes twice or late", () => {
  say(10);
  say(9);
  say(10);
  say(8, { version: 2, text: "corrigé" });
  expect(unreadOf(place(), "me")).toBe(4);
});

it("does not count what I say, nor the replies of threads", () => {
  say(9, { author: { id: "me", name: "Moi", avatar_url: null, color: 1, version: 1, guest: false, robot: false } });
  say(10, { thread_id: "m8" });
  expect(unreadOf(place(), "me")).toBe(2);
});

it("takes the server's count, and keeps what it did not know of", () => {
  say(9);
  say(10);
  folds["chat.mark"].changed(cache, mark({ seq: 9, unread: 0, last_seq: 9, version: 2 }));
  expect([place().seq, unreadOf(place(), "me")]).toEqual([9, 1]);
});

it("does not go back to an older mark", () => {
  folds["chat.mark"].changed(cache, mark({ seq: 9, unread: 0, version: 3 }));
  folds["chat.mark"].changed(cache, mark({ seq: 6, unread: 1, version: 2 }));
  expect(place().seq).toBe(9);
});

it("is read at once on this device", () => {
  say(9);
  expect(unreadOf(readTo(place(), 9), "me")).toBe(0);
});

it("shows a number for what concerns me, a dot for the rest, nothing when muted", () => {
  say(9, { mentions: [{ id: "me", name: "Moi" }] });
  expect(mentionsOf(place(), "me")).toBe(1);
  const shown = (level: Mark["level"]): unknown => callsIn([{ ...place(), level }], "w", "me");
  expect(shown("all")).toEqual({ count: 3, dot: false });
  expect(shown("mentions")).toEqual({ count: 1, dot: false });
  expect(shown("nothing")).toEqual({ count: 0, dot: false });
});

it("puts a message in its channel and a reply in its thread", () => {
  cache.setQueryData<Timeline>(keys.thread("c", "m8"), { items: [], older: null, newer: null });
  say(9);
  say(10, { thread_id: "m8" });
  expect(cache.getQueryData<Timeline>(keys.timeline("c"))?.items.map((one) => one.seq)).toEqual([8, 9]);
  expect(cache.getQueryData<Timeline>(keys.thread("c", "m8"))?.items.map((one) => one.seq)).toEqual([10]);
});

it("R-007 forgets a channel that is lost", () => {
  folds["live.scopes"].changed(cache, { workspace_id: "w", gained: [], lost: ["c"] });
  expect(cache.getQueryData(keys.timeline("c"))).toBeUndefined();
  expect(cache.getQueryData<{ items: Place[] }>(keys.unread)?.items).toEqual([]);
});

it("keeps drafts of all devices, and forgets them", () => {
  cache.setQueryData(keys.drafts, { items: [], next: null });
  const draft = { id: "d", channel_id: "c", workspace_id: "w", thread_id: null, text: "a", files: [], updated_at: "", version: 1 };
  folds["chat.draft"].changed(cache, draft);
  folds["chat.draft"].changed(cache, { ...draft, text: "ab", version: 2 });
  folds["chat.draft"].changed(cache, draft);
  expect(cache.getQueryData(keys.drafts)).toEqual({ items: [{ ...draft, text: "ab", version: 2 }], next: null });
  folds["chat.draft"].removed(cache, { id: "d", parent_id: "c" });
  expect(cache.getQueryData(keys.drafts)).toEqual({ items: [], next: null });
});

it("asks again for drafts when their place is mine no more", () => {
  const draft = (channel_id: string) => ({ items: [{ id: "d", channel_id, thread_id: null, text: "", files: [], version: 1 }] });
  const lose = (): void => folds["live.scopes"].changed(cache, { workspace_id: "w", gained: [], lost: ["c"] });
  cache.setQueryData(keys.drafts, draft("other"));
  lose();
  expect(cache.getQueryState(keys.drafts)?.isInvalidated).toBe(false);
  cache.setQueryData(keys.drafts, draft("c"));
  lose();
  expect(cache.getQueryState(keys.drafts)?.isInvalidated).toBe(true);
});

it("catches up with what was told while a page was on its way", () => {
  registry.add(folds);
  const told = (data: Message): Frame => ({ type: "frame", scope: "c", seq: data.seq, kind: "chat.message", op: "changed", data });
  const gone: Frame = { type: "frame", scope: "c", seq: 9, kind: "chat.message", op: "removed", data: { id: "m4", parent_id: "c" } };
  const answer = message(6, { thread_id: "m1", in_channel: true });
  const frames = [told(answer), told(message(7, { thread_id: "m1" })), told(message(8, { channel_id: "other" })), gone];
  const { mark } = ring;
  for (const frame of frames) ring.push(frame);
  const page = fresh({ items: [message(3), message(4), message(5)], next: "x", newer: null });
  expect(refolded(page, mark, keys.timeline("c"), cache).items.map((one) => one.seq)).toEqual([3, 5, 6]);
});
