/** What is shown together: several mentions in one channel are one line. */
import { dayKey } from "../../../shared/lib/dates";
import type { Notification } from "../api";

export interface Group {
  id: string;
  /** The latest of them: what the line says and where it leads. */
  latest: Notification;
  people: NonNullable<Notification["actor"]>[];
  ids: string[];
  unreadIds: string[];
  /** How many things the unread ones tell of, and how many all. */
  unreadThings: number;
  things: number;
}

/** « 12 changements »: of what is new; when all is read, of all. */
export function countOf(group: Pick<Group, "unreadThings" | "things">): number {
  return group.unreadThings > 0 ? group.unreadThings : group.things;
}

/** Things that are told of with what holds them: messages with their channel, answers with their document. */
const HELD = new Set(["chat.message", "documents.approval"]);

/** Of the same kind, about the same thing, on the same day: one line, where the latest stood. */
export function grouped(items: readonly Notification[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const thing = HELD.has(item.link_kind) ? (item.parent_id ?? item.link_id) : item.link_id;
    const key = `${item.kind} ${thing} ${dayKey(item.created_at)}`;
    const group = groups.get(key) ?? { id: item.id, latest: item, people: [], ids: [], unreadIds: [], unreadThings: 0, things: 0 };
    groups.set(key, group);
    group.ids.push(item.id);
    group.things += item.count;
    if (item.read_at === null) {
      group.unreadIds.push(item.id);
      group.unreadThings += item.count;
    }
    if (item.actor && !group.people.some((person) => person.id === item.actor?.id)) group.people.push(item.actor);
  }
  return [...groups.values()];
}
