/** A contiguous run of messages, oldest first. What lies beyond its ends is fetched as one scrolls. Pure. */
import type { Schema } from "../../../shared/api/client";

type Message = Schema<"MessageOut">;

export interface Timeline {
  items: Message[];
  /** The way to older ones; null when the first message is held. */
  older: string | null;
  /** The way to newer ones; null when the run reaches the present. */
  newer: string | null;
}

/** A page as the server gives it: newest first. */
export function fresh(page: Schema<"MessagePage">): Timeline {
  return { items: [...page.items].sort(bySeq), older: page.next, newer: page.newer };
}

/** Nothing yet, with what is known to lie before. */
export function span(older: string | null): Timeline {
  return { items: [], older, newer: null };
}

/** More messages, of one end or of the middle. The newer version of each wins; order is by number. */
export function merge(timeline: Timeline, more: Message[], ends: Partial<Pick<Timeline, "older" | "newer">>): Timeline {
  const known = new Map(timeline.items.map((message) => [message.id, message]));
  for (const message of more) {
    const held = known.get(message.id);
    if (!held || message.version >= held.version) known.set(message.id, message);
  }
  return { ...timeline, ...ends, items: [...known.values()].sort(bySeq) };
}

/** One message told by a frame. One that lies beyond an end that is not held stays out: it comes with its page. */
export function fold(timeline: Timeline, message: Message): Timeline {
  const { items } = timeline;
  const last = items[items.length - 1];
  if (!last) return timeline.newer === null && timeline.older === null ? { ...timeline, items: [message] } : timeline;
  if (message.seq > last.seq) return timeline.newer === null ? { ...timeline, items: [...items, message] } : timeline;
  const index = place(items, message.seq);
  const held = items[index];
  if (held?.id === message.id) {
    if (message.version < held.version || same(held, message)) return timeline;
    return { ...timeline, items: items.with(index, message) };
  }
  if (index === 0 && timeline.older !== null) return timeline;
  return { ...timeline, items: items.toSpliced(index, 0, message) };
}

/** Where the first message with at least this number stands. */
export function place(items: readonly { seq: number }[], seq: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function same(a: Message, b: Message): boolean {
  return a.version === b.version;
}

function bySeq(a: Message, b: Message): number {
  return a.seq - b.seq;
}
