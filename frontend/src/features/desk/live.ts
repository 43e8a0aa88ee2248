/**
 * The desk and the home are small answers over many rooms: any frame of a room asks for them again, at most once a
 * second, and only where somebody looks at them.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { Fold, Folds, Kind } from "../../shared/live/frames";
import { keys } from "./api";

const PAUSE = 1000;
const asked = new WeakMap<QueryClient, { at: number; timer: ReturnType<typeof setTimeout> | undefined }>();

export function refresh(cache: QueryClient): void {
  const last = asked.get(cache) ?? { at: 0, timer: undefined };
  asked.set(cache, last);
  if (last.timer !== undefined) return;
  const wait = Math.max(0, last.at + PAUSE - Date.now());
  last.timer = setTimeout(() => {
    last.timer = undefined;
    last.at = Date.now();
    void cache.invalidateQueries({ queryKey: keys.all });
  }, wait);
}

const again = { changed: refresh, removed: refresh } satisfies Fold<Kind>;

export const folds = {
  "tasks.task": again,
  "chat.message": again,
  "chat.channel": again,
  "chat.mark": again,
  "chat.draft": again,
  "calendar.event": again,
  "meetings.meeting": again,
  "documents.node": again,
  "workspaces.workspace": again,
  "live.scopes": again,
} satisfies Folds<
  | "tasks.task"
  | "chat.message"
  | "chat.channel"
  | "chat.mark"
  | "chat.draft"
  | "calendar.event"
  | "meetings.meeting"
  | "documents.node"
  | "workspaces.workspace"
  | "live.scopes"
>;
