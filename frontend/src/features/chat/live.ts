import type { QueryClient } from "@tanstack/react-query";
import { dropFrom, upsertInto } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import type { Schema } from "../../shared/api/client";
import { type Channel, type Decision, decisionKeys, type Draft, keys, laterKeys, type Mark, type Message, messageQuery, type Thread, type ThreadPlace } from "./api";
import { laterFolds } from "./lib/laterFolds";
import { hear, type Place, recount } from "./lib/places";
import { hearIn, placeIn } from "./lib/threads";
import { fold, type Timeline } from "./lib/timeline";

export const folds = {
  "chat.message": { changed: foldMessage, removed: (cache, { id, parent_id }) => forgetMessage(cache, id, parent_id ?? "") },
  "chat.channel": {
    changed: (cache, channel) => {
      const lists = cache.getQueriesData<{ items: Channel[] }>({ queryKey: keys.channels(channel.workspace_id) });
      const known = lists.some(([, page]) => page?.items.some((one) => one.id === channel.id));
      // What is mine about it is not in the frame: a channel that is new to me is asked for.
      if (known) upsertInto(cache, keys.channels(channel.workspace_id), channel, { insert: false });
      else if (lists.length > 0) askChannels(cache, channel.workspace_id);
    },
  },
  "chat.touched": { changed: askAgain },
  "chat.decision": { changed: foldDecision },
  "chat.decision_touched": { changed: (cache) => askDecisions(cache) },
  ...laterFolds,
  "chat.thread": { changed: foldThread },
  "chat.mark": { changed: foldMark },
  "chat.draft": {
    changed: (cache, draft) => upsertInto<Draft>(cache, keys.drafts, draft, { insert: "start" }),
    removed: (cache, { id }) => dropFrom(cache, keys.drafts, id),
  },
  "live.scopes": {
    changed: (cache, scopes) => {
      for (const lost of scopes.lost) forgetChannel(cache, scopes.workspace_id, lost);
      if (scopes.gained.length > 0) askChannels(cache, scopes.workspace_id);
    },
  },
} satisfies Folds<"chat.policy" | "chat.scheduled" | "chat.reminder" | "chat.wishes" | "chat.decision" | "chat.decision_touched" | "chat.message" | "chat.touched" | "chat.thread" | "chat.channel" | "chat.mark" | "chat.draft" | "live.scopes">;

/** One message as it is now, into its channel or thread, and into the counts. */
export function foldMessage(cache: QueryClient, message: Message): void {
  const { channel_id: channel, thread_id: thread } = message;
  if (thread === null || message.in_channel) foldInto(cache, keys.timeline(channel), message);
  if (thread !== null) foldInto(cache, keys.thread(channel, thread), message);
  changeThreads(cache, (threads) => hearIn(threads, message));
  change(cache, (places) => places.map((one) => (one.channel_id === message.channel_id ? hear(one, message) : one)));
  upsertInto(cache, keys.pins(message.channel_id), message, { order: byPin, belongs: (one) => one.pinned !== null });
}

/** Nothing of a message stays to see: it leaves what is held, and what counted it counts again. */
export function forgetMessage(cache: QueryClient, id: string, channel: string): void {
  for (const key of [keys.timeline(channel), ["chat", "thread", channel]] as const) {
    for (const [each, held] of cache.getQueriesData<Timeline>({ queryKey: key })) {
      const items = held?.items.filter((one) => one.id !== id);
      if (held && items?.length !== held.items.length) cache.setQueryData(each, { ...held, items: items ?? [] });
    }
  }
  dropFrom(cache, keys.pins(channel), id);
  cache.removeQueries({ queryKey: keys.message(id) });
  changeThreads(cache, (threads) => (threads.some((one) => one.id === id) ? threads.filter((one) => one.id !== id) : threads));
  const place = cache.getQueryData<{ items: Place[] }>(keys.unread)?.items.find((one) => one.channel_id === channel);
  if (place && (place.unread > 0 || place.news.length > 0)) void cache.invalidateQueries({ queryKey: keys.unread });
  void cache.invalidateQueries({ queryKey: ["chat", "threads"] });
}

/** The latest pin first. */
function byPin(a: Message, b: Message): number {
  return (b.pinned?.at ?? "").localeCompare(a.pinned?.at ?? "") || b.seq - a.seq;
}

/** My place as the server counts it. */
export function foldMark(cache: QueryClient, mark: Mark): void {
  change(cache, (places) => {
    const known = places.find((one) => one.channel_id === mark.channel_id);
    const next = recount(known, mark);
    return known ? places.map((one) => (one === known ? next : one)) : [...places, next];
  });
}

/** Changes the places that are held, if they are. */
export function change(cache: QueryClient, how: (places: Place[]) => Place[]): void {
  const held = cache.getQueryData<{ items: Place[] }>(keys.unread);
  if (!held) return;
  const items = how(held.items);
  if (items.length !== held.items.length || items.some((one, index) => one !== held.items[index])) {
    cache.setQueryData(keys.unread, { ...held, items });
  }
}

function foldInto(cache: QueryClient, key: readonly unknown[], message: Message): void {
  const held = cache.getQueryData<Timeline>(key);
  const next = held && fold(held, message);
  if (next !== held) cache.setQueryData(key, next);
}

/** My place in a thread: told to the list of those that I follow, and to the thread itself. */
export function foldThread(cache: QueryClient, place: ThreadPlace): void {
  const held = cache.getQueryData<ThreadPlace>(keys.follow(place.id));
  if (held && held.version <= place.version) cache.setQueryData(keys.follow(place.id), place);
  let unknown = false;
  changeThreads(cache, (threads) => {
    const next = placeIn(threads, place);
    unknown ||= next === null;
    return next ?? threads;
  });
  if (unknown) void cache.invalidateQueries({ queryKey: keys.threads(place.workspace_id) });
}

function changeThreads(cache: QueryClient, how: (threads: readonly Thread[]) => readonly Thread[]): void {
  for (const [key, data] of cache.getQueriesData<{ items: readonly Thread[] }>({ queryKey: ["chat", "threads"] })) {
    const next = data && how(data.items);
    if (next && next !== data.items) cache.setQueryData(key, { ...data, items: next });
  }
}

/** A message changed that not everybody here may read: who holds it asks for it. */
function askAgain(cache: QueryClient, { id, channel_id, thread_id, version }: Schema<"TouchedOut">): void {
  const keysOf = [keys.timeline(channel_id), ...(thread_id === null ? [] : [keys.thread(channel_id, thread_id)])];
  const held = keysOf.some((key) => cache.getQueryData<Timeline>(key)?.items.some((one) => one.id === id && one.version < version));
  if (!held) return;
  cache.fetchQuery({ ...messageQuery(id), staleTime: 0 }).then(
    (message) => foldMessage(cache, message),
    () => undefined, // gone, or the network: the next round of fetches tells
  );
}

function askChannels(cache: QueryClient, workspaceId: string): void {
  void cache.invalidateQueries({ queryKey: keys.channels(workspaceId) });
  void cache.invalidateQueries({ queryKey: keys.unread });
}

function forgetChannel(cache: QueryClient, workspaceId: string, id: string): void {
  dropFrom(cache, keys.channels(workspaceId), id);
  cache.removeQueries({ queryKey: keys.timeline(id) });
  cache.removeQueries({ queryKey: keys.pins(id) });
  cache.removeQueries({ queryKey: ["chat", "thread", id] });
  change(cache, (places) => places.filter((one) => one.channel_id !== id));
  for (const key of [keys.drafts, laterKeys.scheduled]) {
    // no row of a place that has no name any more: the server knows what is left
    if (cache.getQueryData<{ items: { channel_id: string }[] }>(key)?.items.some((one) => one.channel_id === id)) void cache.invalidateQueries({ queryKey: key });
  }
  changeThreads(cache, (threads) => (threads.some((one) => one.channel_id === id) ? threads.filter((one) => one.channel_id !== id) : threads));
}

/** A decision as it is now; a list that has not got it asks whether it belongs there. */
export function foldDecision(cache: QueryClient, decision: Decision): void {
  const key = decisionKeys.one(decision.id);
  const held = cache.getQueryData<Decision>(key);
  if (held && held.version <= decision.version) cache.setQueryData(key, decision);
  upsertInto<Decision>(cache, [...decisionKeys.all, decision.workspace_id], decision, { insert: false });
  askDecisions(cache);
}

function askDecisions(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: decisionKeys.all });
  void cache.invalidateQueries({ queryKey: ["chat", "decision"], refetchType: "active" });
}
