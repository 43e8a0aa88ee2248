import { expect, it } from "vitest";
import type { ActivityLine } from "../follow";
import { byDay, joined, sentenceOf } from "./activity";

const person = { id: "u", name: "Alice", avatar_url: null, color: 1, version: 1, guest: false };

function line(id: string, fields: Partial<ActivityLine> = {}): ActivityLine {
  return {
    id, at: "2026-11-24T10:00:00Z", verb: "created", actor: person, depositor: "", count: 1, times: 1, number: null, restored_from: null, before: "", after: "",
    nodes: [{ id: `n${id}`, name: `${id}.txt`, kind: "document", binned: false }], folder: null, came_from: null, from_top: false, what: "", person: null, ...fields,
  };
}

it("joins a run of one hand that pages have cut, and nothing else", () => {
  const run = [line("3", { count: 20, times: 20 }), line("2", { count: 30, times: 30, at: "2026-11-24T09:50:00Z" })];
  const other = line("1", { actor: { ...person, id: "b" }, at: "2026-11-24T09:45:00Z" });
  const [one, two, ...rest] = joined([...run, other]);
  expect([one?.count, one?.nodes.length, two?.id, rest.length]).toEqual([50, 2, "1", 0]);
  expect(joined([line("2", { times: 2 }), line("1", { at: "2026-11-24T09:00:00Z" })])).toHaveLength(2);
});

it("stands by day, the latest first", () => {
  const days = byDay([line("3"), line("2", { at: "2026-11-24T09:00:00Z" }), line("1", { at: "2026-11-22T09:00:00Z" })]);
  expect(days.map((day) => day.lines.map((one) => one.id))).toEqual([["3", "2"], ["1"]]);
});

it("says what the things are, and what became of rights and requests", () => {
  const folder = { id: "f", name: "Budget", kind: "folder" as const, binned: false };
  expect(sentenceOf(line("1"))).toBe("created_document");
  expect(sentenceOf(line("1", { nodes: [folder] }))).toBe("created_folder");
  expect(sentenceOf(line("1", { verb: "deleted", nodes: [folder, ...line("2").nodes] }))).toBe("deleted_thing");
  expect(sentenceOf(line("1", { verb: "access", what: "granted" }))).toBe("access_granted");
  expect(sentenceOf(line("1", { verb: "version", restored_from: 2 }))).toBe("version_again");
});
