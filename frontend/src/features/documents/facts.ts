/** Documents whose ids other rooms hold: asked for together, with their reader's own right, and kept live. */
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { answer, http } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";
import type { Node } from "./api";
import { askSoon } from "./lib/soon";

/** A document that I see; one in the bin; nothing is said of any other. */
export type Facts = { state: "here"; node: Node } | { state: "binned" | "hidden" };

const MOST = 100;
const root = ["document-facts"] as const;
const keyOf = (id: string) => [...root, id] as const;

type Waiting = { id: string; done: (facts: Facts) => void; failed: (error: unknown) => void };
let waiting: Waiting[] = [];

/** One request for all that a page of messages asks for in the same moment. */
function together(id: string): Promise<Facts> {
  return new Promise((done, failed) => {
    waiting.push({ id, done, failed });
    if (waiting.length === 1) setTimeout(() => void send(), 5);
  });
}

async function send(): Promise<void> {
  const asked = waiting;
  waiting = [];
  const ids = [...new Set(asked.map(({ id }) => id))];
  for (let at = 0; at < ids.length; at += MOST) {
    const some = ids.slice(at, at + MOST);
    const theirs = asked.filter(({ id }) => some.includes(id));
    try {
      const { items, binned } = await answer(http.GET("/api/v1/documents/some", { params: { query: { id: some } } }));
      const byId = new Map(items.map((node) => [node.id, node]));
      for (const { id, done } of theirs) {
        const node = byId.get(id);
        done(node ? { state: "here", node } : { state: binned.includes(id) ? "binned" : "hidden" });
      }
    } catch (error) {
      for (const { failed } of theirs) failed(error);
    }
  }
}

export const factsQuery = (id: string) =>
  queryOptions({ queryKey: keyOf(id), queryFn: liveQueryFn(() => together(id)), staleTime: 5 * 60_000 });

/** What was told of a document is shown at once; what a folder brings along is asked. */
export function foldFacts(cache: QueryClient, node: Node): void {
  cache.setQueryData<Facts>(keyOf(node.id), (held) =>
    held === undefined || (held.state === "here" && held.node.version > node.version) ? held : { state: "here", node },
  );
  if (node.kind === "folder") askSoon(cache, root);
}

/** It went: to the bin, or to where I may not see it. Its name leaves the page before one knows which. */
export function dropFacts(cache: QueryClient, id: string): void {
  if (cache.getQueryData(keyOf(id)) !== undefined) void cache.resetQueries({ queryKey: keyOf(id), exact: true });
  askSoon(cache, root);
}

/** Rights changed: what was readable by them leaves at once. */
export function forgetFacts(cache: QueryClient, lost: ReadonlySet<string>): void {
  for (const [queryKey, facts] of cache.getQueriesData<Facts>({ queryKey: root })) {
    if (facts?.state === "here" && lost.has(facts.node.scope_id)) void cache.resetQueries({ queryKey, exact: true });
  }
}

/** More may be seen now. */
export const askFacts = (cache: QueryClient): void => askSoon(cache, root);
