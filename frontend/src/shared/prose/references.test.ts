import { expect, it } from "vitest";
import { render } from "./markdown";
import { addressesIn, referenceOf } from "./references";

const id = "01a20895-6239-7929-855f-72d521f2de00";
const here = window.location.origin;

it("knows what an address of this office names", () => {
  expect(referenceOf(`${here}/w/x/discussions/${id}`)).toEqual({ kind: "chat.channel", id });
  expect(referenceOf(`${here}/w/x/discussions/${id}?message=${id}`)).toEqual({ kind: "chat.message", id });
  expect(referenceOf(`${here}/w/x/taches?tache=${id}`)).toEqual({ kind: "tasks.task", id });
  expect(referenceOf(`${here}/w/x/documents?doc=${id}`)).toEqual({ kind: "documents.node", id });
});

it("knows the address of a workspace by its name", () => {
  expect(referenceOf(`${here}/w/plan-de-continuite`)).toEqual({ kind: "workspace", id: "plan-de-continuite" });
  expect(referenceOf(`${here}/w/plan-de-continuite/membres`)).toBeNull();
});

it("takes nothing from elsewhere, and no page without a thing", () => {
  expect(referenceOf(`https://elsewhere.example/w/x/discussions/${id}`)).toBeNull();
  expect(referenceOf(`${here}/w/x/taches`)).toBeNull();
  expect(addressesIn(`voir https://e.example et ${here}/w/x/discussions/${id}.`)).toEqual([]);
  expect(addressesIn(`voir ${here}/w/x/discussions/${id} !`)).toEqual([`${here}/w/x/discussions/${id}`]);
});

it("shows the title in place of a bare address, never in place of chosen words", () => {
  const address = `${here}/w/x/discussions/${id}`;
  const titles = new Map([[address, "<b>Cellule</b>"]]);
  expect(render(`voir ${address}`, [], "", titles)).toContain(">&lt;b&gt;Cellule&lt;/b&gt;</a>");
  expect(render(`[ici](${address})`, [], "", titles)).toContain(">ici</a>");
});
