import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it } from "vitest";
import { keys, type Listing } from "./api";
import { followKeys, type Marks } from "./follow";
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

it("counts a move, a way to the bin told twice and the way back once each", () => {
  const counted = (): number | undefined => cache.getQueryData<Listing>(keys.list("w", null))?.counts["f"];
  fold.changed(cache, node("a", { parent_id: "f", version: 2 }));
  expect(counted()).toBe(3);
  fold.removed(cache, { id: "b", parent_id: "f" });
  fold.removed(cache, { id: "b", parent_id: "f" });
  expect(counted()).toBe(2);
  fold.changed(cache, node("b", { parent_id: "f", version: 6 }));
  fold.changed(cache, node("b", { parent_id: "f", version: 6 }));
  expect(counted()).toBe(3);
});

it("knows how much lies in a folder that came full", () => {
  fold.changed(cache, node("k", { kind: "folder", name: "Copie" }));
  folds["documents.count"].changed(cache, { id: "k", workspace_id: "w", count: 2000 });
  expect(cache.getQueryData<Listing>(keys.list("w", null))?.counts["k"]).toBe(2000);
});

it("puts my stars and bells on and off, on each of my devices, whatever comes twice", () => {
  cache.setQueryData<Marks>(followKeys.marks, { favourites: ["a"], followed: [] });
  const mark = folds["documents.mark"].changed;
  mark(cache, { id: "b", favourite: true, followed: true });
  mark(cache, { id: "b", favourite: true, followed: true });
  mark(cache, { id: "a", favourite: false, followed: false });
  expect(cache.getQueryData<Marks>(followKeys.marks)).toEqual({ favourites: ["b"], followed: ["b"] });
});

it("brings the count of a folder along when it moves, and asks for one that nobody knows", () => {
  cache.setQueryData(keys.list("w", "f"), listing([node("g", { kind: "folder", name: "G", parent_id: "f", version: 3 })], { counts: { g: 7 } }));
  fold.changed(cache, node("g", { kind: "folder", name: "G", version: 4 }));
  expect(cache.getQueryData<Listing>(keys.list("w", null))?.counts["g"]).toBe(7);
  expect(cache.getQueryState(keys.list("w", null))?.isInvalidated).toBe(false);
  fold.changed(cache, node("r", { kind: "folder", name: "R", version: 6 }));
  expect(cache.getQueryState(keys.list("w", null))?.isInvalidated).toBe(true);
});
