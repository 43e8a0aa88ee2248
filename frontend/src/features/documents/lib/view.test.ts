import { beforeEach, expect, it } from "vitest";
import { KEPT, keepLook, lookOf, USUAL } from "./view";

const BY_SIZE = { sort: { by: "size", down: true }, columns: ["tags"] } as const;

beforeEach(() => localStorage.clear());

it("remembers how each person looks at each folder", () => {
  keepLook("alice", "f", BY_SIZE);
  expect(lookOf("alice", "f")).toEqual(BY_SIZE);
  expect(lookOf("alice", "g")).toEqual(USUAL);
  expect(lookOf("bruno", "f")).toEqual(USUAL);
  keepLook("alice", "f", USUAL);
  expect(localStorage.getItem("plano:looks:alice")).toBe("[]");
});

it("forgets the oldest when they are many, and what it does not understand", () => {
  for (let place = 0; place <= KEPT; place += 1) keepLook("alice", `f${place}`, BY_SIZE);
  expect(lookOf("alice", "f0")).toEqual(USUAL);
  expect(lookOf("alice", `f${KEPT}`)).toEqual(BY_SIZE);
  localStorage.setItem("plano:looks:alice", JSON.stringify([["f", { sort: { by: "colour" }, columns: [] }], ["g", BY_SIZE], 3]));
  expect(lookOf("alice", "f")).toEqual(USUAL);
  expect(lookOf("alice", "g")).toEqual(BY_SIZE);
  localStorage.setItem("plano:looks:alice", "{");
  expect(lookOf("alice", "g")).toEqual(USUAL);
});
