import { type QueryClient, queryOptions, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { answer, http } from "../api/client";
import { liveQueryFn } from "../live/ring";
import type { Folds, Kind } from "../live/frames";
import { addressesIn, referenceOf, WORKSPACE } from "./references";

const MOST = 100;
const keyOf = (kind: string, id: string) => ["reference-title", kind, id] as const;

interface Waiting {
  id: string;
  done: (title: string | null) => void;
  failed: (error: unknown) => void;
}
const waiting = new Map<string, Waiting[]>();

/** What one page of messages asks for in the same moment is one request for each kind. */
function together(kind: string, id: string): Promise<string | null> {
  return new Promise((done, failed) => {
    const asked = waiting.get(kind) ?? [];
    waiting.set(kind, asked);
    asked.push({ id, done, failed });
    if (asked.length === 1) setTimeout(() => void send(kind), 5);
  });
}

async function send(kind: string): Promise<void> {
  const asked = waiting.get(kind) ?? [];
  waiting.delete(kind);
  const ids = [...new Set(asked.map(({ id }) => id))];
  for (let at = 0; at < ids.length; at += MOST) {
    const some = ids.slice(at, at + MOST);
    const theirs = asked.filter(({ id }) => some.includes(id));
    try {
      const titles = await titlesOf(kind, some);
      for (const { id, done } of theirs) done(titles.get(id) ?? null);
    } catch (error) {
      for (const { failed } of theirs) failed(error);
    }
  }
}

/** By id; a workspace stands in its address by its name in small letters. */
async function titlesOf(kind: string, id: string[]): Promise<Map<string, string>> {
  if (kind === WORKSPACE) {
    const { items } = await answer(http.GET("/api/v1/workspaces"));
    return new Map(items.map(({ slug, name }) => [slug, name]));
  }
  const { items } = await answer(http.GET("/api/v1/references", { params: { query: { kind: [kind], id } } }));
  return new Map(items.map((one) => [one.id, one.title]));
}

/** The title of what an address names, for me; null when it is absent or invisible. */
const titleQuery = (kind: string, id: string) =>
  queryOptions({ queryKey: keyOf(kind, id), queryFn: liveQueryFn(() => together(kind, id)), staleTime: 5 * 60_000 });

/** What the addresses of Plano in a text are called, for their reader: never an address, never more than they may see. */
export function useTitles(text: string): ReadonlyMap<string, string> {
  const { t } = useTranslation("common");
  const found = useMemo(
    () =>
      addressesIn(text).flatMap((address) => {
        const reference = referenceOf(address);
        return reference ? [{ address, ...reference }] : [];
      }),
    [text],
  );
  const titles = useQueries({
    queries: found.map(({ kind, id }) => titleQuery(kind, id)),
    combine: (results) =>
      results.map(({ data, isPending, isError }) => (isError ? "error" : isPending ? "asking" : data === null ? "hidden" : `is ${data ?? ""}`)).join("\n"),
  });
  return useMemo(() => {
    const named = titles.split("\n");
    return new Map(
      found.flatMap(({ address, kind }, index) => {
        const told = named[index] ?? "error";
        if (told === "error") return []; // not reached: the address is all that one has
        const what = t(`link.${kind}`);
        return [[address, told === "asking" ? what : told === "hidden" ? t("link.hidden") : `${what} · ${told.slice(3)}`] as const];
      }),
    );
  }, [found, titles, t]);
}

/** A thing has another name, or went: whoever shows its title asks again. */
function askAgain(cache: QueryClient, kind: string, id: string, gone: boolean): void {
  const queryKey = keyOf(kind, id);
  if (cache.getQueryState(queryKey) === undefined) return;
  void (gone ? cache.resetQueries({ queryKey, exact: true }) : cache.invalidateQueries({ queryKey, exact: true }));
}

const fold = (kind: string) => ({
  changed: (cache: QueryClient, { id }: { id: string }) => askAgain(cache, kind, id, false),
  removed: (cache: QueryClient, { id }: { id: string }) => askAgain(cache, kind, id, true),
});

export const folds = {
  "tasks.task": fold("tasks.task"),
  "documents.node": fold("documents.node"),
  "calendar.event": fold("event"),
  "meetings.meeting": fold("meetings.meeting"),
  "chat.channel": fold("chat.channel"),
  "chat.message": fold("chat.message"),
  "chat.decision": fold("chat.decision"),
  "workspaces.workspace": { changed: (cache, { slug }) => askAgain(cache, WORKSPACE, slug, false) },
  // a right was given or withdrawn: what was shown by it leaves the page at once
  "live.scopes": { changed: (cache) => void cache.resetQueries({ queryKey: ["reference-title"] }) },
} satisfies Folds<Kind>;
