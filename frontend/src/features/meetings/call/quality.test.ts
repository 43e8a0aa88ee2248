import { expect, test } from "vitest";
import { changed, layerFor, OFF, Patience, wanted } from "./quality";

const BAD = { loss: 0.2, frozen: 0 };
const CLEAN = { loss: 0, frozen: 0 };

test("the layer follows the height at which a picture is shown", () => {
  expect([0, 120, 360, 720].map(layerFor)).toEqual([OFF, 0, 1, 2]);
});

test("three bad seconds step one layer down, fifteen clean ones step up again", () => {
  const patience = new Patience();
  expect([BAD, BAD, BAD].map((look) => patience.look(look))).toEqual([0, 0, 1]);
  for (let second = 0; second < 14; second += 1) expect(patience.look(CLEAN)).toBe(1);
  expect(patience.look(CLEAN)).toBe(0);
});

test("a freeze counts as bad", () => {
  const patience = new Patience();
  expect([1, 2, 3].map(() => patience.look({ loss: 0, frozen: 0.8 })).at(-1)).toBe(1);
});

test("at the smallest layer and still bad, only sound remains", () => {
  expect(wanted(720, 1)).toBe(1);
  expect(wanted(720, 2)).toBe(0);
  expect(wanted(120, 1)).toBe(0);
  expect(wanted(720, 3)).toBe(OFF);
});

test("a look compares each line with itself", () => {
  const before = new Map([["0 a", { packets: 100, lost: 0, frozen: 2 }]]);
  const now = new Map([
    ["0 a", { packets: 190, lost: 10, frozen: 2.7 }],
    ["0 b", { packets: 500, lost: 500, frozen: 9 }],
  ]);
  const look = changed(before, now);
  expect(look.loss).toBeCloseTo(0.1);
  expect(look.frozen).toBeCloseTo(0.7);
});
