/** How the things stand that were made of others: one question for all that a page shows, kept live by frames. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../api/client";
import { together } from "../api/together";
import type { Folds } from "../live/frames";
import { liveQueryFn } from "../live/ring";
import { glance } from "../prose/glance";

export type State = Omit<Schema<"ThingState">, "kind">;
/** Null: gone, or not for me; nothing tells which. */
export interface Held {
  state: State | null;
}

const key = (kind: string, id: string) => ["made", kind, id] as const;
const MOST = 50;
const asking = new Map<string, (id: string) => Promise<State | undefined>>();

export const stateQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: key(kind, id),
    queryFn: liveQueryFn(async (): Promise<Held> => ({ state: await gathered(kind, id) })),
    staleTime: 5 * 60_000,
  });

/** Everything of one kind that is asked for in the same moment is one request. */
async function gathered(kind: string, id: string): Promise<State | null> {
  const ask = asking.get(kind) ?? together((ids) => statesOf(kind, ids), MOST);
  asking.set(kind, ask);
  return (await ask(id)) ?? null;
}

async function statesOf(kind: string, id: string[]): Promise<Map<string, State>> {
  const { items } = await answer(http.GET("/api/v1/references/states", { params: { query: { kind, id } } }));
  return new Map(items.map((one) => [one.id, one]));
}

function put(cache: QueryClient, kind: string, id: string, state: State | null): void {
  if (cache.getQueryData(key(kind, id))) cache.setQueryData<Held>(key(kind, id), { state });
}

export const folds = {
  "tasks.task": {
    changed: (cache, task) =>
      put(cache, "tasks.task", task.id, {
        id: task.id,
        title: task.title,
        done: task.completed_at !== null,
        at: null,
        all_day: false,
        status: "",
        parent_id: task.workspace_id,
      }),
    removed: (cache, { id }) => put(cache, "tasks.task", id, null),
  },
  "calendar.event": {
    changed: (cache, event) =>
      put(cache, "event", event.id, {
        id: event.id,
        title: event.title,
        done: false,
        at: event.all_day ? `${event.start}T00:00:00Z` : event.start,
        all_day: event.all_day,
        status: "",
        parent_id: event.workspace_id,
      }),
    removed: (cache, { id }) => put(cache, "event", id, null),
  },
  "chat.decision": {
    changed: (cache, decision) =>
      put(cache, "chat.decision", decision.id, {
        id: decision.id,
        title: glance(decision.text, 80),
        done: false,
        at: null,
        all_day: false,
        status: decision.status,
        parent_id: decision.channel_id,
      }),
  },
} satisfies Folds<"tasks.task" | "calendar.event" | "chat.decision">;
