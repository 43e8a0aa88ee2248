/** What the list of messages shows, line by line: days, the line of what is new, messages, what is on its way. Pure. */
import { MOST_CARDS } from "../../../shared/prose/links";
import type { Message } from "../api";
import type { Waiting } from "./store";

export type Row =
  | { kind: "start"; key: string }
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string; count: number }
  | { kind: "message"; key: string; message: Message; grouped: boolean }
  | { kind: "event"; key: string; message: Message }
  | { kind: "waiting"; key: string; waiting: Waiting; grouped: boolean };

export interface RowsOf {
  messages: readonly Message[];
  waiting: readonly Waiting[];
  /** The line goes before the first message of others after this number. */
  line: number | null;
  /** As many are new, although not all of them are held. */
  atLeast: number;
  /** The first message is held: what the place is comes before it. */
  start: boolean;
  me: string;
  dayOf: (at: string) => string;
}

/** Within this time the same author is not named again. */
const TOGETHER = 5 * 60_000;

export function rowsOf({ messages, waiting, line, atLeast, start, me, dayOf }: RowsOf): Row[] {
  const rows: Row[] = start ? [{ kind: "start", key: "start" }] : [];
  const fresh = (one: Message): boolean => line !== null && one.seq > line && one.author.id !== me && one.system === null;
  const held = messages.filter(fresh).length;
  const count = Math.max(held, atLeast);
  let lineDrawn = held === 0;
  let before: Message | undefined;
  let lastDay = "";
  for (const message of messages) {
    const day = dayOf(message.created_at);
    const newDay = day !== lastDay;
    lastDay = day;
    if (newDay) rows.push({ kind: "day", key: `day-${day}-${message.id}`, at: message.created_at });
    if (message.system !== null) {
      rows.push({ kind: "event", key: message.id, message });
      before = undefined;
      continue;
    }
    const drawLine = !lineDrawn && fresh(message);
    if (drawLine) {
      rows.push({ kind: "new", key: "new", count });
      lineDrawn = true;
    }
    rows.push({ kind: "message", key: message.id, message, grouped: !newDay && !drawLine && follows(before, message) });
    before = message;
  }
  const known = new Set(messages.map((one) => one.id));
  let last = before?.author.id === me && Date.now() - Date.parse(before.created_at) < TOGETHER;
  for (const one of waiting) {
    if (known.has(one.id)) continue;
    rows.push({ kind: "waiting", key: one.id, waiting: one, grouped: last });
    last = true;
  }
  return rows;
}

function follows(before: Message | undefined, message: Message): boolean {
  return (
    before !== undefined &&
    before.author.id === message.author.id &&
    before.thread_id === message.thread_id &&
    message.pinned === null &&
    before.deleted_at === null &&
    message.deleted_at === null &&
    before.reply_count === 0 &&
    Date.parse(message.created_at) - Date.parse(before.created_at) < TOGETHER
  );
}

/** A card and the space above it. */
const CARD = 65;

/** How high a row probably is, before it is drawn and measured. */
export function estimate(row: Row | undefined): number {
  if (row?.kind === "start") return 120;
  if (row?.kind === "day" || row?.kind === "new") return 36;
  if (row?.kind === "event") return 26;
  const text = row?.kind === "message" ? row.message.text : "";
  const lines = Math.min(40, text.split("\n").length + Math.floor(text.length / 86));
  const poll = row?.kind === "message" && row.message.poll ? 100 + row.message.poll.options.length * 40 : 0;
  const signs = row?.kind === "message" && row.message.reactions.length > 0 ? 30 : 0;
  const thread = row?.kind === "message" && row.message.reply_count > 0 ? 32 : 0;
  const cards = Math.min(MOST_CARDS, text.split(`${window.location.origin}/w/`).length - 1) * CARD;
  return (row && "grouped" in row && row.grouped ? 4 : 36) + lines * 23 + poll + signs + thread + cards;
}
