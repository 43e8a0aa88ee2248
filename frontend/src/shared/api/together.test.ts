import { expect, it, vi } from "vitest";
import { together } from "./together";

it("asks once for all of a moment, each name once, and in parts", async () => {
  const fetch = vi.fn((names: string[]) => Promise.resolve(new Map(names.filter((one) => one !== "gone").map((one) => [one, one.toUpperCase()]))));
  const ask = together(fetch, 2);
  expect(await Promise.all([ask("a"), ask("b"), ask("a"), ask("gone")])).toEqual(["A", "B", "A", undefined]);
  expect(fetch.mock.calls).toEqual([[["a", "b"]], [["gone"]]]);
});

it("tells a failure to those of its request only, and asks anew the next time", async () => {
  const fetch = vi.fn((names: string[]) => (names.includes("bad") ? Promise.reject(new Error("500")) : Promise.resolve(new Map(names.map((one) => [one, 1])))));
  const ask = together(fetch, 1);
  const found = await Promise.allSettled([ask("bad"), ask("good")]);
  expect(found.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(await ask("good")).toBe(1);
  expect(fetch).toHaveBeenCalledTimes(3);
});
