import { describe, expect, it } from "vitest";
import type { Column, Task } from "../api";
import { arranged, byRank, moveOf, NO_FILTERS, passes, placementOf, stepped } from "./board";

const person = { id: "p1", name: "Alice Martin", avatar_url: null, color: 1, version: 1 };

function column(id: string, rank: string, done = false): Column {
  return { id, workspace_id: "w", name: id, rank, done, version: 1 };
}

function task(id: string, columnId: string, rank: string, fields: Partial<Task> = {}): Task {
  return {
    id,
    workspace_id: "w",
    column_id: columnId,
    rank,
    title: id,
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
    ...fields,
  };
}

const columns = [column("todo", "V00000"), column("doing", "V00001"), column("done", "V00002", true)];
const tasks = [task("b", "todo", "V00001"), task("a", "todo", "V00000"), task("c", "doing", "V00000")];
const shown = (placement: Parameters<typeof arranged>[2]): Record<string, string[]> =>
  Object.fromEntries([...arranged(columns, tasks, placement)].map(([id, list]) => [id, list.map((one) => one.id)]));

describe("the order of a column", () => {
  it("compares ranks byte by byte: capitals come before small letters", () => {
    expect([task("1", "x", "a"), task("2", "x", "Z"), task("3", "x", "Za")].sort(byRank).map((one) => one.id)).toEqual(["2", "3", "1"]);
  });

  it("shows the moved card where it would be put", () => {
    expect(shown(null)).toEqual({ todo: ["a", "b"], doing: ["c"], done: [] });
    expect(shown({ id: "a", columnId: "doing", index: 1 })).toEqual({ todo: ["b"], doing: ["c", "a"], done: [] });
    expect(shown({ id: "a", columnId: "todo", index: 1 })).toEqual({ todo: ["b", "a"], doing: ["c"], done: [] });
  });
});

describe("a step by the keyboard", () => {
  const byColumn = arranged(columns, tasks, null);
  const from = { id: "a", columnId: "todo", index: 0 };

  it("goes down to the end and no further", () => {
    const down = stepped(from, "down", columns, byColumn);
    expect(down.index).toBe(1);
    expect(stepped(down, "down", columns, byColumn).index).toBe(1);
    expect(stepped(from, "up", columns, byColumn).index).toBe(0);
  });

  it("goes to the next column, an empty one too, and stops at the wall", () => {
    const doing = stepped(from, "right", columns, byColumn);
    expect(doing).toEqual({ id: "a", columnId: "doing", index: 0 });
    const last = stepped(doing, "right", columns, byColumn);
    expect(last).toEqual({ id: "a", columnId: "done", index: 0 });
    expect(stepped(last, "right", columns, byColumn)).toBe(last);
    expect(stepped(from, "left", columns, byColumn)).toBe(from);
  });

  it("finds where a card stands", () => {
    expect(placementOf("b", byColumn)).toEqual({ id: "b", columnId: "todo", index: 1 });
    expect(placementOf("none", byColumn)).toBeNull();
  });
});

describe("what the server is asked", () => {
  const byColumn = arranged(columns, tasks, null);

  it("names both neighbours, so that one that has gone leaves the other", () => {
    const { body, rank } = moveOf({ id: "c", columnId: "todo", index: 1 }, byColumn);
    expect(body).toEqual({ column_id: "todo", after_id: "a", before_id: "b" });
    expect("V00000" < rank && rank < "V00001").toBe(true);
  });

  it("knows the first place, the last and the only one", () => {
    expect(moveOf({ id: "c", columnId: "todo", index: 0 }, byColumn)).toEqual({
      body: { column_id: "todo", after_id: null, before_id: "a" },
      rank: "",
    });
    expect(moveOf({ id: "a", columnId: "todo", index: 1 }, byColumn).body).toEqual({ column_id: "todo", after_id: "b", before_id: null });
    expect(moveOf({ id: "a", columnId: "done", index: 0 }, byColumn).body).toEqual({ column_id: "done", after_id: null, before_id: null });
  });
});

describe("filters", () => {
  const now = Date.parse("2026-11-24T09:00:00Z");

  it("keep people, labels and late ones", () => {
    const late = task("late", "todo", "V", { due_date: "2026-11-23", assignees: [person], label_ids: ["l1"] });
    const free = task("free", "todo", "V");
    expect(passes(late, { ...NO_FILTERS, late: true }, now)).toBe(true);
    expect(passes({ ...late, completed_at: "2026-11-23T10:00:00Z" }, { ...NO_FILTERS, late: true }, now)).toBe(false);
    expect(passes(free, { ...NO_FILTERS, late: true }, now)).toBe(false);
    expect(passes(late, { ...NO_FILTERS, people: ["p1"], labels: ["l1"] }, now)).toBe(true);
    expect(passes(free, { ...NO_FILTERS, people: ["p1"] }, now)).toBe(false);
    expect(passes(late, { ...NO_FILTERS, labels: ["l2"] }, now)).toBe(false);
    expect(passes(free, NO_FILTERS, now)).toBe(true);
  });
});
