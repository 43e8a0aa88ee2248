import { type InfiniteData, QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { FrameBatch } from "./batch";
import { dropFrom, upsertInto } from "./cache";
import type { Frame } from "./frames";
import { FoldRegistry, liveQueryFn, livePageFn, registry, ring } from "./ring";

interface Item {
  id: string;
  version: number;
  text: string;
}
interface Page {
  items: Item[];
  next: string | null;
}

const KEY = ["things", "w"] as const;
const byId = (a: Item, b: Item): number => a.id.localeCompare(b.id);

type Step = { op: "changed"; item: Item } | { op: "removed"; id: string };
const fold = (cache: QueryClient, step: Step): void => {
  if (step.op === "changed") upsertInto(cache, ["things"], step.item, { order: byId });
  else dropFrom(cache, ["things"], step.id);
};

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(next() * (index + 1));
    const held = result[index];
    const taken = result[other];
    if (held !== undefined && taken !== undefined) [result[index], result[other]] = [taken, held];
  }
  return result;
}

describe("folding into lists", () => {
  test("1,000 random orders with repeats give the same list", () => {
    const steps: Step[] = [];
    for (let thing = 0; thing < 6; thing += 1)
      for (let version = 1; version <= 4; version += 1)
        steps.push({ op: "changed", item: { id: `t${thing}`, version, text: `${thing}.${version}` } });
    const wanted = [0, 1, 2, 3, 4, 5].map((thing) => ({ id: `t${thing}`, version: 4, text: `${thing}.4` }));
    for (let seed = 1; seed <= 1000; seed += 1) {
      const next = random(seed);
      const cache = new QueryClient();
      cache.setQueryData(KEY, { items: [], next: null } satisfies Page);
      for (const step of shuffled([...steps, ...steps.slice(0, 12)], next)) fold(cache, step);
      expect(cache.getQueryData<Page>(KEY)?.items).toEqual(wanted);
    }
  });

  test("what was removed does not come back with an older frame, a restored version does", () => {
    const cache = new QueryClient();
    cache.setQueryData(KEY, [{ id: "a", version: 3, text: "three" }]);
    dropFrom(cache, KEY, "a");
    upsertInto<Item>(cache, KEY, { id: "a", version: 2, text: "two" });
    expect(cache.getQueryData(KEY)).toEqual([]);
    upsertInto<Item>(cache, KEY, { id: "a", version: 4, text: "restored" });
    expect(cache.getQueryData<Item[]>(KEY)?.[0]?.text).toBe("restored");
  });

  test("a list that nobody fetched stays unfetched, an unchanged one stays the same object", () => {
    const cache = new QueryClient();
    const held: Page = { items: [{ id: "a", version: 2, text: "two" }], next: null };
    cache.setQueryData(["things", "other"], held);
    upsertInto<Item>(cache, KEY, { id: "b", version: 1, text: "b" });
    upsertInto<Item>(cache, ["things", "other"], { id: "a", version: 1, text: "old" });
    expect(cache.getQueryData(KEY)).toBeUndefined();
    expect(cache.getQueryData(["things", "other"])).toBe(held);
  });

  test("a thing that no longer belongs leaves the list", () => {
    const cache = new QueryClient();
    cache.setQueryData(KEY, [{ id: "a", version: 1, text: "open" }]);
    upsertInto<Item>(cache, KEY, { id: "a", version: 2, text: "closed" }, { belongs: (item) => item.text === "open" });
    expect(cache.getQueryData(KEY)).toEqual([]);
  });

  test("pages: updates in place, new ones at the start of the first", () => {
    const cache = new QueryClient();
    const data: InfiniteData<Page> = {
      pages: [{ items: [{ id: "c", version: 1, text: "c" }], next: "1" }, { items: [{ id: "a", version: 1, text: "a" }], next: null }],
      pageParams: ["", "1"],
    };
    cache.setQueryData(KEY, data);
    upsertInto<Item>(cache, KEY, { id: "a", version: 2, text: "A" }, { insert: "start" });
    upsertInto<Item>(cache, KEY, { id: "d", version: 1, text: "d" }, { insert: "start" });
    const pages = cache.getQueryData<InfiniteData<Page>>(KEY)?.pages.map((page) => page.items.map(({ text }) => text));
    expect(pages).toEqual([["d", "c"], ["A"]]);
  });
});

const asFrame = (item: Item, op: "changed" | "removed" = "changed"): Frame =>
  ({ type: "frame", scope: "w", seq: 1, kind: "chat.message", op, data: op === "changed" ? item : { id: item.id, parent_id: null } }) as unknown as Frame;

registry.add({
  "chat.message": {
    changed: (cache, data) => upsertInto(cache, ["things"], data as unknown as Item, { insert: "start" }),
    removed: (cache, { id }) => dropFrom(cache, ["things"], id),
  },
});

describe("frames that arrive during a fetch", () => {
  let cache: QueryClient;
  beforeEach(() => {
    cache = new QueryClient();
  });
  const arrive = (frame: Frame): void => {
    ring.push(frame);
    registry.apply(cache, frame);
  };

  test("are folded into its answer", async () => {
    let finish: (page: Page) => void = () => {};
    const fetched = cache.fetchQuery({
      queryKey: KEY,
      queryFn: liveQueryFn(() => new Promise<Page>((done) => (finish = done))),
    });
    await Promise.resolve();
    arrive(asFrame({ id: "new", version: 1, text: "during" }));
    arrive(asFrame({ id: "old", version: 1, text: "" }, "removed"));
    finish({ items: [{ id: "old", version: 1, text: "old" }, { id: "kept", version: 1, text: "kept" }], next: null });
    expect((await fetched).items.map(({ id }) => id)).toEqual(["new", "kept"]);
  });

  test("those from before the fetch are not folded again", async () => {
    arrive(asFrame({ id: "before", version: 1, text: "before" }));
    const page = await cache.fetchQuery({ queryKey: KEY, queryFn: liveQueryFn(() => Promise.resolve<Page>({ items: [], next: null })) });
    expect(page.items).toEqual([]);
  });

  test("enter only the first page of an infinite list", async () => {
    const data = await cache.fetchInfiniteQuery({
      queryKey: KEY,
      initialPageParam: "",
      pages: 2,
      getNextPageParam: (last: Page) => last.next,
      queryFn: livePageFn(({ pageParam }: { pageParam: string }) => {
        arrive(asFrame({ id: `during-${pageParam}`, version: 1, text: "x" }));
        return Promise.resolve<Page>(
          pageParam === "" ? { items: [{ id: "b", version: 1, text: "b" }], next: "2" } : { items: [{ id: "a", version: 1, text: "a" }], next: null },
        );
      }),
    });
    expect(data.pages.map((page) => page.items.map(({ id }) => id))).toEqual([["during-", "b"], ["a"]]);
  });

  test("an unknown kind is left alone", () => {
    expect(() => new FoldRegistry().apply(cache, asFrame({ id: "a", version: 1, text: "" }))).not.toThrow();
  });

  test("one that cannot be folded keeps back none after it", () => {
    const folds = new FoldRegistry();
    const folded: string[] = [];
    folds.add({
      "tasks.task": {
        changed: (_, { id }) => {
          if (id === "odd") throw new TypeError("a newer server says it otherwise");
          folded.push(id);
        },
      },
    });
    const said = vi.spyOn(console, "error").mockReturnValue();
    const batch = new FrameBatch((frame) => whole.push(folds.apply(cache, frame)));
    const whole: boolean[] = [];
    for (const id of ["odd", "even"]) batch.push({ type: "frame", scope: "s", seq: 1, kind: "tasks.task", op: "changed", data: { id } } as Frame);
    batch.flush();
    expect([folded, whole, said.mock.calls.length]).toEqual([["even"], [false, true], 1]);
    said.mockRestore();
  });
});
