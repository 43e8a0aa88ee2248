/** What the addresses in texts name: one question for all that a page shows, kept true by frames. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../api/client";
import { together } from "../api/together";
import type { Folds, Frame, Kind } from "../live/frames";
import { ring } from "../live/ring";
import { type Reference, WORKSPACE } from "./references";

export type Card = Omit<Schema<"ReferenceOut">, "kind" | "id">;
/** Null: gone, or not for me; nothing tells which. */
export interface Told {
  card: Card | null;
}

const PATIENCE = 5;
const root = ["reference"] as const;
const keyOf = (kind: string, id: string) => [...root, kind, id] as const;
const nameOf = ({ kind, id }: Reference): string => `${kind} ${id}`;

/** Of all kinds: what one page of messages links to is one request. */
const cardOf = together(async (names) => {
  const things = names.map((name) => name.split(" "));
  const query = { kind: things.map(([kind = ""]) => kind), id: things.map(([, id = ""]) => id) };
  const { items } = await answer(http.GET("/api/v1/references", { params: { query } }));
  return new Map<string, Card>(items.map((one) => [nameOf(one), one]));
});

/** A workspace stands in its address by its name in small letters. */
const workspaceOf = together(async () => {
  const { items } = await answer(http.GET("/api/v1/workspaces"));
  return new Map<string, Card>(
    items.map((one) => {
      const place = { id: one.id, slug: one.slug, name: one.name, color: one.color };
      return [nameOf({ kind: WORKSPACE, id: one.slug }), { ...NOTHING, title: one.name, place }];
    }),
  );
});

const NOTHING: Card = {
  title: "", place: null, shape: "", status: "", inside: "", within: [], at: null, day: null, hour: null, author: "", media_type: "", size: null, picture: null,
};

/** What a link shows to me. An answer that was read before something else was heard is asked for again. */
export const referenceQuery = (kind: string, id: string) =>
  queryOptions({
    queryKey: keyOf(kind, id),
    queryFn: async (): Promise<Told> => {
      for (let left = PATIENCE; ; left -= 1) {
        const mark = ring.mark;
        const card = (await (kind === WORKSPACE ? workspaceOf : cardOf)(nameOf({ kind, id }))) ?? null;
        const heard = ring.since(mark)?.some((frame) => touches(frame, kind, id, card) !== null) ?? true;
        if (!heard || left === 0) return { card };
      }
    },
    staleTime: 5 * 60_000,
  });

type Touch = "gone" | "again" | null;
const KINDS: Partial<Record<Kind, string>> = {
  "tasks.task": "tasks.task",
  "documents.node": "documents.node",
  "calendar.event": "event",
  "meetings.meeting": "meetings.meeting",
  "chat.channel": "chat.channel",
  "chat.message": "chat.message",
  "chat.touched": "chat.message",
  "chat.decision": "chat.decision",
  "chat.decision_touched": "chat.decision",
};

const subject = ({ data }: Frame): string => ("id" in data ? data.id : "");

/** Whether a frame makes what is shown of a thing untrue: `gone` leaves the page before one knows why. */
function touches(frame: Frame, kind: string, id: string, card: Card | null): Touch {
  if (frame.kind === "live.scopes") return "gone";
  const about = subject(frame);
  if (frame.kind === "workspaces.workspace") return card === null || card.place?.id === about ? "gone" : null;
  if (KINDS[frame.kind] === kind && about === id) {
    return frame.op === "removed" || ("deleted_at" in frame.data && frame.data.deleted_at !== null) ? "gone" : "again";
  }
  if (frame.kind === "documents.node" && card?.within.includes(about)) return frame.op === "removed" ? "gone" : "again";
  return null;
}

/** Frames that only one thing is touched by are the most: their key is known, nothing is looked through. */
function fold(cache: QueryClient, frame: Frame): void {
  const one = KINDS[frame.kind];
  const alone = one !== undefined && frame.kind !== "documents.node";
  const found = alone
    ? [cache.getQueryCache().find({ queryKey: keyOf(one, subject(frame)), exact: true })]
    : cache.getQueryCache().findAll({ queryKey: root });
  for (const query of found) {
    if (query === undefined) continue;
    const [, kind, id] = query.queryKey as ReturnType<typeof keyOf>;
    const touch = touches(frame, kind, id, (query.state.data as Told | undefined)?.card ?? null);
    if (touch === "gone") void cache.resetQueries({ queryKey: query.queryKey, exact: true });
    else if (touch === "again") void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }
}

const hears = <K extends Kind>(kind: K) => ({
  changed: (cache: QueryClient, data: unknown) => fold(cache, { kind, op: "changed", data } as Frame),
  removed: (cache: QueryClient, data: unknown) => fold(cache, { kind, op: "removed", data } as Frame),
});

export const folds = {
  "tasks.task": hears("tasks.task"),
  "documents.node": hears("documents.node"),
  "calendar.event": hears("calendar.event"),
  "meetings.meeting": hears("meetings.meeting"),
  "chat.channel": hears("chat.channel"),
  "chat.message": hears("chat.message"),
  "chat.touched": hears("chat.touched"),
  "chat.decision": hears("chat.decision"),
  "chat.decision_touched": hears("chat.decision_touched"),
  "workspaces.workspace": hears("workspaces.workspace"),
  // a right was given or withdrawn: what was shown by it leaves the page at once
  "live.scopes": hears("live.scopes"),
} satisfies Folds;
