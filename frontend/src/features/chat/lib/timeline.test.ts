import { expect, it } from "vitest";
import { message } from "./testing";
import { fold, fresh, merge, type Timeline } from "./timeline";

const numbers = (timeline: Timeline): number[] => timeline.items.map((one) => one.seq);
const page = (from: number, to: number, older: string | null, newer: string | null): Timeline =>
  fresh({ items: Array.from({ length: to - from + 1 }, (_, index) => message(to - index)), next: older, newer });

it("reads a page oldest first", () => {
  expect(numbers(page(3, 6, "x", null))).toEqual([3, 4, 5, 6]);
});

it("adds what is said at the present end, once", () => {
  const timeline = fold(fold(page(3, 4, "x", null), message(6)), message(6));
  expect(numbers(timeline)).toEqual([3, 4, 6]);
});

it("leaves out what lies beyond an end that it does not hold", () => {
  const middle = page(10, 12, "x", "y");
  expect(fold(middle, message(20))).toBe(middle);
  expect(fold(middle, message(5))).toBe(middle);
  expect(numbers(fold(page(10, 12, null, "y"), message(5)))).toEqual([5, 10, 11, 12]);
});

it("puts a message that comes late at its number", () => {
  expect(numbers(fold(page(3, 4, "x", null), message(3.5)))).toEqual([3, 3.5, 4]);
});

it("keeps the newer version, whatever the order of frames", () => {
  const edited = message(4, { version: 3, text: "trois" });
  const timeline = fold(fold(page(3, 4, null, null), edited), message(4, { version: 2, text: "deux" }));
  expect(timeline.items[1]?.text).toBe("trois");
  expect(fold(timeline, edited)).toBe(timeline);
});

it("joins pages of both ends without a double and without losing what frames told", () => {
  let timeline = fold(page(50, 60, "a", null), message(55, { version: 2, text: "corrigé" }));
  timeline = merge(timeline, [message(49), message(48), message(55)], { older: null });
  expect(numbers(timeline)).toEqual([48, 49, ...Array.from({ length: 11 }, (_, index) => 50 + index)]);
  expect(timeline.items.find((one) => one.seq === 55)?.text).toBe("corrigé");
  expect(timeline.older).toBeNull();
});
