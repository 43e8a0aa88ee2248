import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { setTimeZone } from "../../shared/lib/dates";
import { type Approval, approvalFolds, approvalKeys, isLate, markOf, type Marks, type NodeApprovals, told } from "./approvals";

const person = { id: "p", name: "Alice", avatar_url: null, color: 1, version: 1, guest: false };
const approval: Approval = {
  id: "a1", node_id: "n", number: 2, sha256: "ff", name: "Plan.md", purpose: "approve", in_order: false, message: "", due: "2026-11-30",
  asked_by: person, asked: [{ person, state: "pending", given: [] }], done: 0, total: 1, state: "open", created_at: "2026-11-23T10:00:00Z",
  closed_at: null, cancelled_by: null, version: 1,
};
let cache: QueryClient;
const change = (next: Approval): void => approvalFolds.changed?.(cache, next);
const listed = (): Approval[] => cache.getQueryData<NodeApprovals>(approvalKeys.node("n"))?.items ?? [];
const mark = () => cache.getQueryData<Marks>(approvalKeys.marksOf("w", null))?.items["n"];

beforeEach(() => {
  cache = new QueryClient();
  const may = { change: true, export: true };
  cache.setQueryData<NodeApprovals>(approvalKeys.node("n"), { items: [approval], abilities: { own: may, others: may }, may_ask: true });
  cache.setQueryData<Marks>(approvalKeys.marksOf("w", null), { items: { n: markOf(approval) } });
});

it("an answer changes the document's list and what its row says", () => {
  change({ ...approval, version: 2, done: 1, state: "approved" });
  expect(listed().map((one) => one.state)).toEqual(["approved"]);
  expect(mark()).toMatchObject({ state: "approved", done: 1 });
});

it("a late frame takes nothing back in the list, and a new request comes first", () => {
  change({ ...approval, version: 3, message: "Vite", due: "2026-12-01" });
  change({ ...approval, version: 2 });
  expect(mark()?.due).toBe("2026-12-01");
  change({ ...approval, id: "a2", version: 1 });
  expect(listed().map((one) => [one.id, one.message])).toEqual([["a2", ""], ["a1", "Vite"]]);
});

it("a row tells of the open request, else of the latest", () => {
  const done = { ...markOf(approval), state: "approved" as const };
  expect(told(done, { ...markOf(approval), id: "a0" }).id).toBe("a0");
  expect(told(done, { ...done, id: "a2" }).id).toBe("a2");
  change({ ...approval, id: "a2", state: "complete" });
  expect(mark()?.id).toBe("a1");
});

it("late begins the day after, where the person is", () => {
  setTimeZone("Pacific/Noumea");
  expect(isLate(approval, Date.parse("2026-11-30T12:00:00Z"))).toBe(false);
  expect(isLate(approval, Date.parse("2026-11-30T14:00:00Z"))).toBe(true);
  expect(isLate({ ...approval, state: "approved" }, Date.parse("2026-12-30T14:00:00Z"))).toBe(false);
});
