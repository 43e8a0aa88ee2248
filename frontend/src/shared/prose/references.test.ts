import { expect, it } from "vitest";
import { linksIn, spoken } from "./links";
import { plain, render } from "./markdown";
import { referenceOf } from "./references";

const id = "01a20895-6239-7929-855f-72d521f2de00";
const here = window.location.origin;
const named = (text: string): string[] => linksIn(text).map(({ address }) => address);

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
  expect(named(`voir https://e.example, ${here}/w/x/taches et ${here}.`)).toEqual([]);
  expect(named(`voir ${here}/w/x/discussions/${id}. Et (${here}/w/x)`)).toEqual([`${here}/w/x/discussions/${id}`, `${here}/w/x`]);
});

it("takes links with chosen words too, each once, and none of code", () => {
  const task = `${here}/w/x/taches?tache=${id}`;
  expect(named(`[la tâche](${task}), ${task}\n\n> ${here}/w/y`)).toEqual([task, `${here}/w/y`]);
  expect(named(`\`${task}\`\n\n\`\`\`\n${task}\n\`\`\`\n\n    ${task}`)).toEqual([]);
});

it("stays quick and within bounds with ten thousand links", () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `${here}/w/x/taches?tache=${id.slice(0, -5)}${String(10_000 + n)}`).join(" ");
  const begun = performance.now();
  expect(named(many).length).toBeLessThan(500);
  expect(performance.now() - begun).toBeLessThan(1000);
});

it("shows the title in place of a bare address, never in place of chosen words", () => {
  const address = `${here}/w/x/discussions/${id}`;
  const titles = new Map([[address, "<b>Cellule</b>"]]);
  expect(render(`voir ${address}`, [], "", titles)).toContain(">&lt;b&gt;Cellule&lt;/b&gt;</a>");
  expect(render(`[ici](${address})`, [], "", titles)).toContain(">ici</a>");
  expect(plain(`voir ${address} !`, titles)).toBe("voir <b>Cellule</b> !");
});

it("is heard by its kind, never by the signs of its address", () => {
  const t = ((key: string) => key) as unknown as Parameters<typeof spoken>[1];
  expect(spoken(`**voir** ${here}/w/x/taches?tache=${id} et https://e.example`, t)).toBe("voir link.tasks.task et https://e.example");
});
