/** What a frame changes in Mon bureau and in Accueil: pure, safe to repeat, the newer version wins. */
import type { Schema } from "../../../shared/api/client";
import type { Desk, Home, Meeting } from "../api";

type Message = Schema<"MessageOut">;
type Mark = Schema<"MarkOut">;

/** A call begins, changes, or is over: only one with somebody in it shows. */
export function hearMeeting<T extends { meetings: Meeting[] | null }>(page: T, meeting: Meeting): T {
  if (page.meetings === null) return page;
  const held = page.meetings.find((one) => one.id === meeting.id);
  if (held && held.version > meeting.version) return page;
  const others = page.meetings.filter((one) => one !== held);
  const goesOn = meeting.state === "open" && meeting.participants.length > 0;
  if (!goesOn) return held ? { ...page, meetings: others } : page;
  const meetings = held ? page.meetings.map((one) => (one === held ? meeting : one)) : [...others, meeting];
  return { ...page, meetings };
}

/** A message in a channel that is shown. Null: only the server can tell (an unknown channel, a deleted last word). */
export function hearMessage(home: Home, message: Message): Home | null {
  if (home.messages === null) return home;
  const held = home.messages.items.find((line) => line.message.channel_id === message.channel_id);
  if (!held) return null;
  const isSame = held.message.id === message.id;
  if (isSame && held.message.version >= message.version) return home;
  if (isSame && message.deleted_at !== null) return null;
  if (isSame) {
    const items = home.messages.items.map((line) => (line === held ? { ...line, message } : line));
    return { ...home, messages: { ...home.messages, items } };
  }
  if (message.seq <= held.message.seq || message.deleted_at !== null) return home;
  const counts = message.thread_id === null ? 1 : 0;
  const unread = { ...home.messages.unread, [message.channel_id]: (home.messages.unread[message.channel_id] ?? 0) + counts };
  const items = [{ ...held, message, unread: true }, ...home.messages.items.filter((line) => line !== held)];
  return { ...home, messages: { items, unread } };
}

/** I have read a channel, here or elsewhere. */
export function readHome(home: Home, mark: Mark): Home {
  if (home.messages === null || !(mark.channel_id in home.messages.unread)) return home;
  const items = home.messages.items.map((line) =>
    line.message.channel_id === mark.channel_id ? { ...line, unread: line.message.seq > mark.seq } : line,
  );
  return { ...home, messages: { items, unread: { ...home.messages.unread, [mark.channel_id]: mark.unread } } };
}

/** Mentions that were read go. */
export function readDesk(desk: Desk, mark: Mark): Desk {
  const mentions = desk.mentions.filter((line) => line.message.channel_id !== mark.channel_id || line.message.seq > mark.seq);
  return mentions.length === desk.mentions.length ? desk : { ...desk, mentions };
}
