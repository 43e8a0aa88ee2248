import { expect, test } from "vitest";
import { Speaking } from "./speaking";

const level = (value: number): Map<string, number> => new Map([["bruno", value]]);

test("one loud moment is a click, two are a voice", () => {
  const ear = new Speaking();
  expect([...ear.hear(level(0.2), 0)]).toEqual([]);
  expect([...ear.hear(level(0.2), 200)]).toEqual(["bruno"]);
});

test("a pause between words does not end a turn, a silence does", () => {
  const ear = new Speaking();
  ear.hear(level(0.2), 0);
  ear.hear(level(0.2), 200);
  expect([...ear.hear(level(0), 400)]).toEqual(["bruno"]);
  expect([...ear.hear(level(0), 1100)]).toEqual([]);
});

test("somebody who left no longer speaks, and nothing changed is the same set", () => {
  const ear = new Speaking();
  ear.hear(level(0.2), 0);
  const speaking = ear.hear(level(0.2), 200);
  expect(ear.hear(level(0.2), 400)).toBe(speaking);
  expect([...ear.hear(new Map(), 500)]).toEqual([]);
});
