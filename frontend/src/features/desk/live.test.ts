import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { refresh } from "./live";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("asks again once for many frames, then once more for those that came since", () => {
  const cache = new QueryClient();
  const invalidate = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
  for (let frame = 0; frame < 50; frame += 1) refresh(cache);
  vi.advanceTimersByTime(10);
  expect(invalidate).toHaveBeenCalledTimes(1);
  for (let frame = 0; frame < 50; frame += 1) refresh(cache);
  vi.advanceTimersByTime(500);
  expect(invalidate).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  expect(invalidate).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5000);
  expect(invalidate).toHaveBeenCalledTimes(2);
});
