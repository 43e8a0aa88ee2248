import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { keys, type Task } from "./api";
import { folds } from "./live";

const person = { id: "p", name: "Alice", avatar_url: null, color: 1, version: 1 };
const task: Task = {
  id: "t1",
  workspace_id: "w",
  column_id: "c1",
  rank: "V00000",
  title: "Relire",
  description: "",
  priority: "normal",
  due_date: null,
  due_time: null,
  assignees: [],
  label_ids: [],
  checklist: [],
  assignee_left: false,
  origin: null,
  completed_at: null,
  created_by: person,
  created_at: "2026-11-01T08:00:00Z",
  updated_at: "2026-11-01T08:00:00Z",
  version: 1,
};
let cache: QueryClient;
const held = (): Task[] => cache.getQueryData<{ items: Task[] }>(keys.tasks("w"))?.items ?? [];

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(keys.tasks("w"), { items: [task] });
});

it("folds a change once and in order of version", () => {
  const newer = { ...task, title: "Signer", version: 3 };
  folds["tasks.task"].changed(cache, newer);
  folds["tasks.task"].changed(cache, { ...task, title: "Entre-deux", version: 2 });
  folds["tasks.task"].changed(cache, newer);
  expect(held()).toEqual([newer]);
});

it("adds a task that is new, to its own board only", () => {
  cache.setQueryData(keys.tasks("other"), { items: [] });
  folds["tasks.task"].changed(cache, { ...task, id: "t2" });
  expect(held().map((one) => one.id)).toEqual(["t1", "t2"]);
  expect(cache.getQueryData(keys.tasks("other"))).toEqual({ items: [] });
});

it("takes a deleted task away for good, until it is restored", () => {
  folds["tasks.task"].removed(cache, { id: "t1", parent_id: "w" });
  folds["tasks.task"].changed(cache, task);
  expect(held()).toEqual([]);
  folds["tasks.task"].changed(cache, { ...task, version: 3 });
  expect(held().map((one) => one.version)).toEqual([3]);
});

it("keeps columns in the order of their ranks", () => {
  const column = (id: string, rank: string) => ({ id, workspace_id: "w", name: id, rank, done: false, version: 1 });
  cache.setQueryData(keys.columns("w"), { items: [column("a", "V00001"), column("b", "V00002")] });
  folds["tasks.column"].changed(cache, { ...column("b", "V00000"), version: 2 });
  const columns = cache.getQueryData<{ items: { id: string }[] }>(keys.columns("w"))?.items;
  expect(columns?.map((one) => one.id)).toEqual(["b", "a"]);
});
