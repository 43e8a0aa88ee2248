import { type Icon, IconCalendar, IconChecklist, IconFolder, IconHome, IconMessages, IconUsers, IconVideo } from "@tabler/icons-react";
import type { RoomName, Workspace } from "../../shared/session/session";

export const ROOMS = [
  { key: "home", to: "/w/$slug", icon: IconHome, room: null },
  { key: "documents", to: "/w/$slug/documents", icon: IconFolder, room: "documents" },
  { key: "chat", to: "/w/$slug/discussions", icon: IconMessages, room: "chat" },
  { key: "meetings", to: "/w/$slug/reunions", icon: IconVideo, room: "meetings" },
  { key: "calendar", to: "/w/$slug/agenda", icon: IconCalendar, room: "calendar" },
  { key: "tasks", to: "/w/$slug/taches", icon: IconChecklist, room: "tasks" },
  { key: "members", to: "/w/$slug/membres", icon: IconUsers, room: null },
] as const satisfies readonly { key: string; to: string; icon: Icon; room: RoomName | null }[];

/** What is in these belongs to the whole workspace, of which a guest sees only what was opened to them. */
const OF_MEMBERS: readonly RoomName[] = ["calendar", "tasks"];

/** The rooms that a workspace has for me. */
export function roomsOf(workspace: Workspace): (typeof ROOMS)[number][] {
  const guest = workspace.mine.role === "guest";
  return ROOMS.filter(({ room }) => room === null || (workspace.rooms.includes(room) && !(guest && OF_MEMBERS.includes(room))));
}

const INSIDE_CHAT = /^\/w\/[^/]+\/(?:decisions|plus-tard)$/;

/** A page that belongs to a room without lying under its address shows the room as the one where one is. */
export function hereToo(key: string, pathname: string): Record<string, string> {
  return key === "chat" && INSIDE_CHAT.test(pathname) ? { "data-status": "active", "aria-current": "page" } : {};
}
