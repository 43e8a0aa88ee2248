import { expect, it } from "vitest";
import { marked, NONE, toggled, withRange } from "./marks";
import { node } from "./testing";
import type { Row } from "./tree";

const row = (id: string, parent: string | null = null): Row => ({ node: node(id, { parent_id: parent }), level: 1, open: null, count: null, position: 1, siblings: 1 });
const rows = [row("f"), row("a", "f"), row("b", "f"), row("c"), row("d")];
const ids = (marks: ReadonlySet<string>): string[] => marked(marks, rows).map((one) => one.id);

it("marks one by one and takes the mark back", () => {
  const both = toggled(toggled(NONE, "a"), "c");
  expect(ids(both)).toEqual(["a", "c"]);
  expect(ids(toggled(both, "a"))).toEqual(["c"]);
});

it("marks a range in either direction and keeps what was marked", () => {
  expect(ids(withRange(new Set(["d"]), rows, 2, 1))).toEqual(["a", "b", "d"]);
  expect(ids(withRange(NONE, rows, 3, 4))).toEqual(["c", "d"]);
});

it("takes what lies in a marked folder along with it, once, and forgets rows that are gone", () => {
  expect(ids(new Set(["f", "a", "gone", "d"]))).toEqual(["f", "d"]);
});
