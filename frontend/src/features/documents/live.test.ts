import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { keys, type Listing } from "./api";
import { listing, node } from "./lib/testing";
import { folds } from "./live";

const fold = folds["documents.node"];
let cache: QueryClient;
const names = (parent: string | null): string[] =>
  (cache.getQueryData<Listing>(keys.list("w", parent))?.items ?? []).map((one) => one.name).sort();

beforeEach(() => {
  cache = new QueryClient();
  cache.setQueryData(keys.list("w", null), listing([node("a"), node("f", { kind: "folder", name: "F", version: 3 })], { counts: { f: 2 } }));
  cache.setQueryData(keys.list("w", "f"), listing([node("b", { parent_id: "f", version: 4 })]));
});

it("adds, renames and moves, whatever comes twice or late", () => {
  fold.changed(cache, node("c", { name: "c.txt" }));
  fold.changed(cache, node("c", { name: "c.txt" }));
  fold.changed(cache, node("b", { parent_id: null, name: "bb.txt", version: 5 }));
  fold.changed(cache, node("b", { parent_id: "f", version: 4 }));
  expect(names(null)).toEqual(["F", "a.txt", "bb.txt", "c.txt"]);
  expect(names("f")).toEqual([]);
});

it("takes out what was removed, and an older frame does not bring it back", () => {
  fold.removed(cache, { id: "b", parent_id: "f" });
  fold.changed(cache, node("b", { parent_id: "f", version: 4 }));
  expect(names("f")).toEqual([]);
  fold.changed(cache, node("b", { parent_id: "f", version: 6 }));
  expect(names("f")).toEqual(["b.txt"]);
});

it("counts what is born and what goes in a folder that nobody unfolded", () => {
  fold.changed(cache, node("n", { parent_id: "f" }));
  expect(cache.getQueryData<Listing>(keys.list("w", null))?.counts["f"]).toBe(3);
  fold.removed(cache, { id: "n", parent_id: "f" });
  expect(cache.getQueryData<Listing>(keys.list("w", null))?.counts["f"]).toBe(2);
});

it("keeps a guest's folder at the top of what they see", () => {
  cache.setQueryData(keys.list("w", null), listing([node("g", { kind: "folder", parent_id: "x", access: "opened", scope_id: "g" })]));
  fold.changed(cache, node("g", { kind: "folder", parent_id: "x", access: "opened", scope_id: "g", name: "Nouveau", version: 2 }));
  expect(names(null)).toEqual(["Nouveau"]);
});

it("forgets what lies below a folder that went away, at any depth", () => {
  const path = [{ id: "f", name: "F", access: "restricted" as const }, { id: "g", name: "G", access: "inherited" as const }];
  cache.setQueryData(keys.list("w", "g"), listing([node("d", { parent_id: "g" })], { path }));
  cache.setQueryData(keys.node("d"), { ...node("d", { parent_id: "g" }), path });
  fold.removed(cache, { id: "f", parent_id: null });
  expect(cache.getQueryData(keys.list("w", "f"))).toBeUndefined();
  expect(cache.getQueryData(keys.list("w", "g"))).toBeUndefined();
  expect(cache.getQueryData(keys.node("d"))).toBeUndefined();
  expect(names(null)).toEqual(["a.txt"]);
});
