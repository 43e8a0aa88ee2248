/** Documents whose ids other rooms hold: asked for together, with their reader's own right, and kept live. */
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { answer, http } from "../../shared/api/client";
import { together } from "../../shared/api/together";
import { liveQueryFn } from "../../shared/live/ring";
import type { Node } from "./api";
import { askSoon } from "./lib/soon";

/** A document that I see; one in the bin; nothing is said of any other. */
export type Facts = { state: "here"; node: Node } | { state: "binned" | "hidden" };

const root = ["document-facts"] as const;
const keyOf = (id: string) => [...root, id] as const;

/** One request for all that a page of messages asks for in the same moment. */
const ask = together(async (ids): Promise<Map<string, Facts>> => {
  const { items, binned } = await answer(http.GET("/api/v1/documents/some", { params: { query: { id: ids } } }));
  const found = new Map<string, Facts>(binned.map((id) => [id, { state: "binned" }]));
  for (const node of items) found.set(node.id, { state: "here", node });
  return found;
});

async function factsOf(id: string): Promise<Facts> {
  return (await ask(id)) ?? { state: "hidden" };
}

export const factsQuery = (id: string) =>
  queryOptions({ queryKey: keyOf(id), queryFn: liveQueryFn(() => factsOf(id)), staleTime: 5 * 60_000 });

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
