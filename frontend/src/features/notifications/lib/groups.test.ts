import { expect, it } from "vitest";
import type { Notification } from "../api";
import { countOf, grouped } from "./groups";

const person = (id: string) => ({ id, name: id, avatar_url: null, color: 1, version: 1 });

function notification(id: string, fields: Partial<Notification> = {}): Notification {
  return {
    id,
    kind: "mention",
    actor: person("Bruno"),
    workspace_id: "w",
    link_kind: "chat.message",
    link_id: id,
    parent_id: "channel",
    title: "Bonjour",
    count: 1,
    created_at: "2026-11-24T09:00:00Z",
    read_at: null,
    urgent: false,
    rings_at: null,
    version: 1,
    ...fields,
  };
}

it("shows several mentions of one channel and one day as one line, with each person once", () => {
  const read = { read_at: "2026-11-24T10:00:00Z" };
  const [group, other] = grouped([
    notification("3", { actor: person("Chloé") }),
    notification("2", read),
    notification("1"),
    notification("0", { parent_id: "elsewhere" }),
  ]);
  expect(group?.latest.id).toBe("3");
  expect(group?.people.map((one) => one.id)).toEqual(["Chloé", "Bruno"]);
  expect([group?.ids, group?.unreadIds]).toEqual([["3", "2", "1"], ["3", "1"]]);
  expect(other?.ids).toEqual(["0"]);
});

it("keeps tasks, kinds and days apart", () => {
  const task = { kind: "assignment", link_kind: "tasks.task", parent_id: null } as const;
  const lines = grouped([
    notification("a", { ...task, link_id: "t1" }),
    notification("b", { ...task, link_id: "t2" }),
    notification("c", { kind: "message" }),
    notification("d"),
    notification("e", { created_at: "2026-11-22T09:00:00Z" }),
  ]);
  expect(lines.map((group) => group.ids)).toEqual([["a"], ["b"], ["c"], ["d"], ["e"]]);
});

it("counts what is new in a folder that is followed, and all of it when all is read", () => {
  const told = (id: string, count: number, read_at: string | null): Notification =>
    notification(id, { kind: "followed", link_kind: "documents.folder", link_id: "f", count, read_at });
  const [fresh] = grouped([told("2", 12, null), told("1", 3, "2026-11-24T08:00:00Z")]);
  const [old] = grouped([told("1", 3, "2026-11-24T08:00:00Z")]);
  expect([fresh && countOf(fresh), old && countOf(old)]).toEqual([12, 3]);
});
