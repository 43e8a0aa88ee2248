import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { keys, type Meeting } from "./api";
import { folds } from "./live";

const person = { id: "u-alice", name: "Alice Martin", avatar_url: null, color: 1, version: 1 };
const meeting = (id: string, change: Partial<Meeting> = {}): Meeting => ({
  id, workspace_id: "w", scope_id: "w", title: "Point quotidien", state: "open", started_by: person, link: null, starts_at: null,
  started_at: "2026-11-23T10:00:00Z", ended_at: null, created_at: "2026-11-23T10:00:00Z", participants: [], version: 1, ...change,
});

test("old snapshot and frames make the fresh snapshot", () => {
  const cache = new QueryClient();
  const list = keys.list("w");
  cache.setQueryData(list, { pages: [{ items: [meeting("a")] }], pageParams: [""] });
  cache.setQueryData(keys.one("a"), { ...meeting("a"), mode: "sfu" });
  const joined = meeting("a", {
    version: 2,
    participants: [{ id: "p", person, guest: false, joined_at: "2026-11-23T10:01:00Z" }],
  });
  const ended = meeting("a", { version: 3, state: "ended", ended_at: "2026-11-23T10:30:00Z" });
  const other = meeting("b", { created_at: "2026-11-23T10:20:00Z" });
  for (const data of [joined, other, ended, joined]) folds["meetings.meeting"].changed(cache, data);
  expect(cache.getQueryData(list)).toEqual({ pages: [{ items: [other, ended] }], pageParams: [""] });
  expect(cache.getQueryData(keys.one("a"))).toEqual({ ...ended, mode: "sfu" });
});
