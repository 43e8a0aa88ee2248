import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { keys, type Notification, type NotificationPage } from "./api";
import { folds } from "./live";

const one: Notification = {
  id: "n1",
  kind: "assignment",
  actor: null,
  workspace_id: "w",
  link_kind: "tasks.task",
  link_id: "t",
  parent_id: null,
  title: "Relire",
  count: 1,
  created_at: "2026-11-24T09:00:00Z",
  read_at: null,
  urgent: false,
  rings_at: null,
  version: 1,
};
let cache: QueryClient;
const held = (): NotificationPage | undefined => cache.getQueryData<NotificationPage>(keys.first);
const fold = folds["notifications.notification"].changed;

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(keys.first, { items: [one], next: null, unread: 1 });
});

it("counts a new one once, however often its frame comes", () => {
  fold(cache, { ...one, id: "n2" });
  fold(cache, { ...one, id: "n2" });
  expect(held()?.unread).toBe(2);
  expect(held()?.items.map((item) => item.id)).toEqual(["n2", "n1"]);
});

it("uncounts one that was read on another device, once", () => {
  const read = { ...one, read_at: "2026-11-24T10:00:00Z", version: 2 };
  fold(cache, read);
  fold(cache, read);
  fold(cache, one);
  expect(held()).toEqual({ items: [read], next: null, unread: 0 });
});

it("asks again when a place is mine no more: what was told of it is hidden", () => {
  expect(cache.getQueryState(keys.first)?.isInvalidated).toBe(false);
  folds["live.scopes"].changed(cache);
  expect(cache.getQueryState(keys.first)?.isInvalidated).toBe(true);
});
