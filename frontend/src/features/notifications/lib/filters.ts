/** What each view of the centre shows; the server asks the same. */
import type { Filter, Notification } from "../api";

const MENTIONS = new Set<Notification["kind"]>(["mention", "message", "comment"]);

export function isIn({ show, workspace }: Filter, one: Notification): boolean {
  if (workspace !== null && one.workspace_id !== workspace) return false;
  if (show === "unread") return one.read_at === null;
  return show === "all" || MENTIONS.has(one.kind);
}

/** The conversation that a line tells of, which can be told to be silent. */
export function conversationOf({ link_kind, link_id, parent_id }: Notification): string | null {
  if (link_kind === "chat.message") return parent_id;
  return link_kind === "chat.channel" ? link_id : null;
}
