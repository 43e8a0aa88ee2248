import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FrameBatch } from "./batch";
import type { Frame } from "./frames";

const frame = (seq: number): Frame => ({ type: "frame", scope: "s", seq, kind: "documents.node", op: "removed", data: { id: String(seq), parent_id: null } });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("folds the first at once, and those that follow closely together, in order and none twice", () => {
  const folded: number[] = [];
  const batch = new FrameBatch(({ seq }) => folded.push(seq));
  for (let seq = 1; seq <= 5; seq += 1) batch.push(frame(seq));
  expect(folded).toEqual([1]);
  vi.advanceTimersByTime(60);
  expect(folded).toEqual([1, 2, 3, 4, 5]);
});

it("lets the page breathe between parts of a long row of frames", () => {
  const folded: number[] = [];
  const batch = new FrameBatch(({ seq }) => {
    folded.push(seq);
    vi.spyOn(performance, "now").mockReturnValue(folded.length * 10 + 1000);
  });
  for (let seq = 1; seq <= 9; seq += 1) batch.push(frame(seq));
  expect(folded.length).toBeLessThan(9);
  vi.runAllTimers();
  expect(folded).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  vi.restoreAllMocks();
});
