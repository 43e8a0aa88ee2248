/** What is said of a thing below its title. Pure. */
import type { TFunction } from "i18next";
import { byteSize } from "../lib/bytes";
import { dayName, plainDate, planned } from "../lib/dates";
import { isLate } from "../lib/due";
import { fileKind } from "../ui/fileKind";
import type { Card } from "./asking";

interface Asked {
  kind: string;
  card: Card;
  t: TFunction<"common">;
  now: number;
  /** The workspace that is open: its name need not be said. */
  here: string | null;
}

/** Kind, state, where: in this order. `bad` is what presses. */
export function metaOf({ kind, card, t, now, here }: Asked): { bad: string; words: string[] } {
  const place = card.place === null || card.place.id === here || kind === "workspace" ? "" : card.place.name;
  const words = [...(SAID[kind]?.(card, t, now) ?? [t(`link.${kind}`)]), card.inside, place];
  return { bad: pressing(kind, card, t, now), words: words.filter((word) => word !== "") };
}

/** Finished, cancelled or replaced: less weight, and its word says it. */
export function isOver(kind: string, card: Card): boolean {
  return { "tasks.task": ["done"], "meetings.meeting": ["ended"], "chat.decision": ["replaced", "cancelled"] }[kind]?.includes(card.status) ?? false;
}

function isPastDue(card: Card, now: number): boolean {
  return card.status === "open" && isLate({ due_date: card.day, due_time: card.hour?.slice(0, 5) ?? null, completed_at: null }, now);
}

function pressing(kind: string, card: Card, t: TFunction<"common">, now: number): string {
  if (kind === "documents.node" && card.status === "infected") return t("card.infected");
  return kind === "tasks.task" && isPastDue(card, now) ? t("card.late", { when: due(card, t, now) }) : "";
}

/** A day is the same day for everybody, an hour too. */
function due(card: Card, t: TFunction<"common">, now: number): string {
  if (card.day === null) return "";
  const day = dayName(plainDate(card.day), now);
  return card.hour === null ? day : t("date.day_at", { day, time: card.hour.slice(0, 5) });
}

const when = (card: Card, t: TFunction<"common">, now: number): string => (card.at === null ? due(card, t, now) : planned(card.at, now));

const SAID: Readonly<Record<string, (card: Card, t: TFunction<"common">, now: number) => string[]>> = {
  "documents.node": (card, t) =>
    card.shape === "folder"
      ? [t("file.folder")]
      : [t(`file.${fileKind(card.title, card.media_type)}`), card.size === null ? "" : byteSize(card.size), card.status === "checking" ? t("card.checking") : ""],
  "tasks.task": (card, t, now) => {
    const state = card.status === "done" ? t("card.done") : card.day === null || isPastDue(card, now) ? "" : t("card.due", { when: due(card, t, now) });
    return [t("link.tasks.task"), state];
  },
  event: (card, t, now) => [t("link.event"), card.shape === "series" ? t("card.series", { when: when(card, t, now) }) : when(card, t, now)],
  "meetings.meeting": (card, t, now) => [
    t("link.meetings.meeting"),
    card.status === "open" ? t("card.now") : card.status === "ended" ? t("card.ended") : "",
    card.status === "open" ? "" : when(card, t, now),
  ],
  "chat.channel": (card, t) => [
    t(card.shape === "channel" ? "card.channel" : "link.chat.channel"),
    card.shape === "channel" && card.status !== "" ? t(`card.${card.status}`) : "",
  ],
  "chat.message": (card, t, now) => [t("card.message_of", { name: card.author }), when(card, t, now)],
  "chat.decision": (card, t, now) => [t("link.chat.decision"), card.status === "adopted" ? "" : t(`card.${card.status}`), when(card, t, now)],
};
