import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Desk, type Home, keys, type Meeting, type MessageLine } from "./api";
import { folds, refresh } from "./live";

const person = { id: "p", name: "Bruno Lefèvre", avatar_url: null, color: 1, version: 1 };
const at = "2026-11-24T09:00:00Z";
const message = {
  id: "m1", channel_id: "c1", thread_id: null, seq: 4, author: { ...person, guest: false, robot: false }, text: "Bonjour", mentions: [],
  created_at: at, edited_at: null, deleted_at: null, reply_count: 0, last_reply_at: null, repliers: [], in_channel: false,
  system: null, poll: null, reactions: [], made: [], files: [], pinned: null, version: 1,
};
const line: MessageLine = { message, workspace_id: "w", channel_name: "Général", conversation: false, unread: false };
const meeting: Meeting = {
  id: "r", workspace_id: "w", scope_id: "w", title: "Cellule", state: "open", started_by: person, link: null, starts_at: null,
  started_at: at, ended_at: null, created_at: at, participants: [{ id: "x", person, guest: false, joined_at: at }], version: 3,
};
const home: Home = {
  workspace_id: "w", since: null, members: 3, guests: 1, meetings: [], today: [], documents: null, tasks: null,
  messages: { items: [line], unread: { c1: 0 } },
};
const desk: Desk = {
  places: [], callable: [], boards: [], tasks: [], abilities: {}, meetings: [], events: [], mentions: [{ ...line, unread: true }], approvals: [], documents: [],
  drafts: [],
};
const mark = {
  channel_id: "c1", workspace_id: "w", kind: "channel" as const, seq: 4, unread: 0, mentions: 0, last_seq: 4, level: "all" as const, version: 2,
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("asks again once for many frames, then once more for those that came since", () => {
  const cache = new QueryClient();
  const invalidate = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
  for (let frame = 0; frame < 50; frame += 1) refresh(cache, keys.mine);
  vi.advanceTimersByTime(10);
  expect(invalidate).toHaveBeenCalledTimes(1);
  for (let frame = 0; frame < 50; frame += 1) refresh(cache, keys.mine);
  vi.advanceTimersByTime(500);
  expect(invalidate).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  expect(invalidate).toHaveBeenCalledTimes(2);
});

describe("the home and the desk while something happens", () => {
  let cache: QueryClient;
  const homeNow = (): Home | undefined => cache.getQueryData<Home>(keys.home("w"));
  const deskNow = (): Desk | undefined => cache.getQueryData<Desk>(keys.mine);
  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(keys.home("w"), home);
    cache.setQueryData(keys.mine, desk);
  });

  it("shows a call while somebody is in it", () => {
    const fold = folds["meetings.meeting"].changed;
    fold(cache, meeting);
    fold(cache, meeting);
    expect(homeNow()?.meetings).toEqual([meeting]);
    expect(deskNow()?.meetings).toEqual([meeting]);
    fold(cache, { ...meeting, title: "Ancien", version: 2 });
    expect(homeNow()?.meetings?.map((one) => one.title)).toEqual(["Cellule"]);
    fold(cache, { ...meeting, participants: [], version: 4 });
    expect(deskNow()?.meetings).toEqual([]);
    fold(cache, { ...meeting, state: "ended", participants: [], version: 5 });
    expect(homeNow()?.meetings).toEqual([]);
  });

  it("counts a new message once, and takes an older one for what it is", () => {
    const fold = folds["chat.message"].changed;
    const next = { ...message, id: "m2", seq: 5, text: "Deuxième" };
    fold(cache, next);
    fold(cache, next);
    fold(cache, { ...message, id: "m0", seq: 3 });
    expect(homeNow()?.messages).toEqual({ items: [{ ...line, message: next, unread: true }], unread: { c1: 1 } });
    fold(cache, { ...next, text: "Corrigé", version: 2 });
    expect(homeNow()?.messages?.items[0]?.message.text).toBe("Corrigé");
    expect(homeNow()?.messages?.unread).toEqual({ c1: 1 });
  });

  it("asks the server about a channel that it does not show, and about a last word that was deleted", () => {
    const invalidate = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
    folds["chat.message"].changed(cache, { ...message, channel_id: "c2" });
    folds["chat.message"].changed(cache, { ...message, deleted_at: at, version: 2 });
    vi.advanceTimersByTime(10);
    expect(invalidate).toHaveBeenCalledExactlyOnceWith({ queryKey: keys.home("w") });
  });

  it("forgets mentions that were read elsewhere", () => {
    folds["chat.mark"].changed(cache, { ...mark, seq: 3 });
    expect(deskNow()?.mentions).toHaveLength(1);
    folds["chat.mark"].changed(cache, mark);
    expect(deskNow()?.mentions).toEqual([]);
    expect(homeNow()?.messages?.items[0]?.unread).toBe(false);
  });
});
