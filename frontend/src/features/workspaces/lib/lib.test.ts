import { expect, test } from "vitest";
import type { Member } from "../api";
import { addressesIn } from "./addresses";
import { inOrder, matching } from "./people";

const member = (name: string, role: Member["role"]): Member => ({
  id: name, workspace_id: "w", role, joined_at: "2026-11-24T09:00:00Z", version: 1,
  person: { id: name, name, avatar_url: null, color: 1, version: 1 },
});

test("addresses are read from what people paste, once each", () => {
  expect(addressesIn("Alice Martin <alice@exemple.fr>; bruno@exemple.fr,\nbruno@exemple.fr  chloe@exemple.fr")).toEqual({
    valid: ["alice@exemple.fr", "bruno@exemple.fr", "chloe@exemple.fr"],
    invalid: [],
  });
  expect(addressesIn("alice@exemple.fr, bruno").invalid).toEqual(["bruno"]);
});

test("those who answer for the workspace come first, guests last", () => {
  const people = [member("Zoé", "guest"), member("Émile", "member"), member("Bruno", "member"), member("Yves", "manager")];
  expect(inOrder(people).map(({ person }) => person.name)).toEqual(["Yves", "Bruno", "Émile", "Zoé"]);
  expect(matching(people, "emi").map(({ person }) => person.name)).toEqual(["Émile"]);
});
