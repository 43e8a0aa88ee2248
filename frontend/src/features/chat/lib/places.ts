/** My place in each channel: the server's count at one number, and what frames told since. Pure, safe to repeat. */
import type { Schema } from "../../../shared/api/client";
import { GROUP_IDS } from "./groups";

type Mark = Schema<"MarkOut">;
type Message = Schema<"MessageOut">;

interface News {
  seq: number;
  author: string;
  named: string[];
}

export interface Place extends Mark {
  /** Messages newer than `last_seq`, told by frames, oldest first. */
  news: News[];
}

const MOST = 100;

/** A message was said in the channel. Edits, answers in threads, events and repetitions count for nothing. */
export function hear(place: Place, message: Message): Place {
  if ((message.thread_id !== null && !message.in_channel) || message.system !== null || message.seq <= place.last_seq) return place;
  if (place.news.some((one) => one.seq === message.seq)) return place;
  const one = { seq: message.seq, author: message.author.id, named: message.mentions.map((named) => named.id) };
  return { ...place, news: [...place.news, one].sort((a, b) => a.seq - b.seq).slice(-2 * MOST) };
}

/** The server counted again: what it knew of is in its count. */
export function recount(place: Place | undefined, mark: Mark): Place {
  if (place && mark.version < place.version) return place;
  return { ...mark, news: (place?.news ?? []).filter((one) => one.seq > mark.last_seq) };
}

/** Read up to `seq`, before the server has said so. */
export function readTo(place: Place, seq: number): Place {
  if (seq <= place.seq) return place;
  const all = seq >= place.last_seq;
  return {
    ...place,
    seq,
    unread: all ? 0 : place.unread,
    mentions: all ? 0 : place.mentions,
    news: place.news,
  };
}

/** What others said after my mark, at most a hundred. */
export function unreadOf(place: Place, me: string): number {
  return Math.min(MOST, place.unread + newsOf(place, me).length);
}

/** Messages after my mark that name me. */
export function mentionsOf(place: Place, me: string): number {
  return Math.min(MOST, place.mentions + newsOf(place, me).filter((one) => one.named.includes(me) || one.named.includes(GROUP_IDS.all)).length);
}

/** The newest number known. */
export function headOf(place: Place): number {
  return Math.max(place.last_seq, place.news.at(-1)?.seq ?? 0);
}

/** How a channel calls: a number for what concerns me, a dot for the rest, nothing when muted. */
export interface Call {
  count: number;
  dot: boolean;
}

export function callOf(place: Place, me: string): Call {
  if (place.level === "nothing") return { count: 0, dot: false };
  const unread = unreadOf(place, me);
  if (place.level === "all") return { count: unread, dot: false };
  const count = mentionsOf(place, me);
  return { count, dot: count === 0 && unread > 0 };
}

/** What a workspace's room shows: the sum of its channels. */
export function callsIn(places: readonly Place[], workspaceId: string, me: string): Call {
  let count = 0;
  let dot = false;
  for (const place of places) {
    if (place.workspace_id !== workspaceId) continue;
    const call = callOf(place, me);
    count += call.count;
    dot ||= call.dot;
  }
  return { count: Math.min(count, 999), dot };
}

function newsOf(place: Place, me: string): News[] {
  return place.news.filter((one) => one.seq > place.seq && one.author !== me);
}
