/**
 * Mon bureau and Accueil are made of the things of other rooms. What a frame says whole (a message, a call, a read
 * mark) is folded; for the rest the page that is shown asks again, at most once a second, one that is not shown when
 * somebody comes back to it.
 */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { Folds } from "../../shared/live/frames";
import { type Desk, type Home, keys } from "./api";
import { hearMeeting, hearMessage, readDesk, readHome } from "./lib/fold";

const PAUSE = 1000;
interface Asked {
  at: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}
const asked = new WeakMap<QueryClient, Map<string, Asked>>();

export function refresh(cache: QueryClient, key: QueryKey): void {
  let byKey = asked.get(cache);
  if (!byKey) asked.set(cache, (byKey = new Map()));
  const last = byKey.get(key.join(" ")) ?? { at: 0, timer: undefined };
  byKey.set(key.join(" "), last);
  if (last.timer !== undefined) return;
  const wait = Math.max(0, last.at + PAUSE - Date.now());
  last.timer = setTimeout(() => {
    last.timer = undefined;
    last.at = Date.now();
    void cache.invalidateQueries({ queryKey: key });
  }, wait);
}

/** Something of a workspace changed in a way that only the server can sum up; which one is not always said. */
function changed(cache: QueryClient, workspaceId: string | null): void {
  refresh(cache, keys.mine);
  refresh(cache, workspaceId === null ? keys.homes : keys.home(workspaceId));
}

function foldHomes(cache: QueryClient, fold: (home: Home) => Home | null): void {
  for (const [key, home] of cache.getQueriesData<Home>({ queryKey: keys.homes })) {
    if (!home) continue;
    const next = fold(home);
    if (next === null) refresh(cache, key);
    else if (next !== home) cache.setQueryData(key, next);
  }
}

function foldDesk(cache: QueryClient, fold: (desk: Desk) => Desk): void {
  const desk = cache.getQueryData<Desk>(keys.mine);
  const next = desk && fold(desk);
  if (next !== undefined && next !== desk) cache.setQueryData(keys.mine, next);
}

export const folds = {
  "tasks.task": { changed: (cache, task) => changed(cache, task.workspace_id), removed: (cache) => changed(cache, null) },
  // who answered, whose turn it is: only the server says what waits for me
  "documents.approval": { changed: (cache) => refresh(cache, keys.mine), removed: (cache) => refresh(cache, keys.mine) },
  "documents.node": { changed: (cache, node) => changed(cache, node.workspace_id), removed: (cache) => changed(cache, null) },
  "calendar.event": { changed: (cache, event) => changed(cache, event.workspace_id), removed: (cache) => changed(cache, null) },
  "meetings.meeting": {
    changed: (cache, meeting) => {
      foldHomes(cache, (home) => (home.workspace_id === meeting.workspace_id ? hearMeeting(home, meeting) : home));
      foldDesk(cache, (desk) => hearMeeting(desk, meeting));
    },
    removed: (cache) => changed(cache, null),
  },
  "chat.message": {
    changed: (cache, message) => {
      if (message.system === null) foldHomes(cache, (home) => hearMessage(home, message));
    },
  },
  "chat.mark": {
    changed: (cache, mark) => {
      foldHomes(cache, (home) => readHome(home, mark));
      foldDesk(cache, (desk) => readDesk(desk, mark));
    },
  },
  "chat.channel": { changed: (cache, channel) => refresh(cache, keys.home(channel.workspace_id)) },
  "chat.draft": { changed: (cache) => refresh(cache, keys.mine), removed: (cache) => refresh(cache, keys.mine) },
  "notifications.notification": {
    changed: (cache, { kind }) => {
      if (kind === "mention") refresh(cache, keys.mine);
    },
  },
  "workspaces.workspace": { changed: (cache, workspace) => changed(cache, workspace.id) },
  "workspaces.member": {
    changed: (cache, member) => refresh(cache, keys.home(member.workspace_id)),
    removed: (cache) => refresh(cache, keys.homes),
  },
  "live.scopes": { changed: (cache, scopes) => changed(cache, scopes.workspace_id) },
} satisfies Folds;
