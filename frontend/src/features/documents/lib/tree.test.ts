import { expect, it } from "vitest";
import { listing, node } from "./testing";
import { Orders, ordered, rowsOf, type Sort } from "./tree";

const byName: Sort = { by: "name", down: false };

it("puts folders first, then names as people sort them", () => {
  const nodes = ["pièce 10", "Pièce 2", "été", "Zoo", "abri"].map((name) => node(name, { name }));
  nodes.push(node("z", { kind: "folder", name: "zz" }));
  expect(ordered(nodes, byName).map((one) => one.name)).toEqual(["zz", "abri", "été", "Pièce 2", "pièce 10", "Zoo"]);
  expect(ordered(nodes, { by: "name", down: true })[0]?.name).toBe("zz");
});

it("sorts by size and date, name deciding between equals", () => {
  const nodes = [node("a", { size: 5 }), node("b", { size: 9 }), node("c", { size: 5 })];
  expect(ordered(nodes, { by: "size", down: true }).map((one) => one.id)).toEqual(["b", "a", "c"]);
});

it("unfolds in place, with levels and positions", () => {
  const top = listing([node("a"), node("f", { kind: "folder", name: "f" }), node("g", { kind: "folder", name: "g" })], { counts: { f: 9, g: 4 } });
  const inside = listing([node("b", { parent_id: "f" }), node("c", { parent_id: "f" })]);
  const rows = rowsOf(top, new Set(["f", "g"]), byName, (id) => (id === "f" ? inside : undefined));
  expect(rows.map((row) => [row.node.id, row.level, row.position, row.siblings, row.open, row.count])).toEqual([
    ["f", 1, 1, 3, true, 2],
    ["b", 2, 1, 2, null, null],
    ["c", 2, 2, 2, null, null],
    ["g", 1, 2, 3, true, 4],
    ["a", 1, 3, 3, null, null],
  ]);
});

it("draws ten thousand rows from one list without a pause", () => {
  const items = Array.from({ length: 10_000 }, (_, index) => node(`n${index}`, { name: `Pièce ${index}` }));
  const before = performance.now();
  expect(rowsOf(listing(items), new Set(), byName, () => undefined)).toHaveLength(10_000);
  expect(performance.now() - before).toBeLessThan(1500);
});

it("mends an order as if it were made again, whatever came, went or changed its name", () => {
  const orders = new Orders();
  let items = Array.from({ length: 300 }, (_, index) => node(`n${index}`, { name: `Pièce ${(index * 7919) % 300}`, kind: index % 5 === 0 ? "folder" : "document" }));
  for (let step = 0; step < 40; step += 1) {
    const at = (step * 37) % items.length;
    if (step % 3 === 0) items = items.map((one, index) => (index === at ? { ...one, name: `Zèle ${step % 7}`, version: step + 2 } : one));
    else if (step % 3 === 1) items = [...items.slice(0, at), ...items.slice(at + 1)];
    else items = [...items, node(`m${step}`, { name: step % 2 ? "Pièce 12" : `abri ${step}` })];
    expect(orders.named("f", items).map((one) => one.id)).toEqual(ordered(items, byName).map((one) => one.id));
  }
});

it("turns the order round, folders staying first", () => {
  const nodes = [node("a"), node("b"), node("f", { kind: "folder", name: "f" }), node("g", { kind: "folder", name: "g" })];
  expect(ordered(nodes, { by: "name", down: true }).map((one) => one.id)).toEqual(["g", "f", "b", "a"]);
});
