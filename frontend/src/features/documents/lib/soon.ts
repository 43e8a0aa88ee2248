import type { QueryClient, QueryKey } from "@tanstack/react-query";

const PAUSE = 1000;
const waiting = new WeakMap<QueryClient, Map<string, ReturnType<typeof setTimeout>>>();

/** Asks again for what is on screen, once for all that happens within a second: 2,000 uploads are a few requests. */
export function askSoon(cache: QueryClient, queryKey: QueryKey): void {
  const known = waiting.get(cache) ?? new Map<string, ReturnType<typeof setTimeout>>();
  waiting.set(cache, known);
  const name = JSON.stringify(queryKey);
  if (known.has(name)) return;
  const ask = (): void => {
    known.delete(name);
    void cache.invalidateQueries({ queryKey });
  };
  known.set(name, setTimeout(ask, PAUSE));
}
