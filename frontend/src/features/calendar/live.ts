/**
 * Frames of the calendar. A single event is folded into the lines on screen; the occurrences of a series are the
 * server's to unroll, so that the ranges that may show it are fetched again.
 */
import type { QueryClient } from "@tanstack/react-query";
import type { Folds } from "../../shared/live/frames";
import { keys, type CalendarEvent, type EventPage } from "./api";
import { withEvent, withoutEvent } from "./lib/lines";

export const folds = {
  "calendar.event": {
    changed: foldEvent,
    removed: (cache, { id }) => {
      for (const [key, page] of cache.getQueriesData<EventPage>({ queryKey: keys.ranges })) {
        if (page) cache.setQueryData(key, withoutEvent(page, id));
      }
      cache.removeQueries({ queryKey: keys.event(id), type: "inactive" });
    },
  },
} satisfies Folds<"calendar.event">;

/** One event or series as it is now, into every range that is cached. */
export function foldEvent(cache: QueryClient, event: CalendarEvent): void {
  for (const [key, page] of cache.getQueriesData<EventPage>({ queryKey: keys.ranges })) {
    const [, , workspaceId, from, to, zone] = key as ReturnType<typeof keys.range>;
    if (!page || workspaceId !== event.workspace_id) continue;
    const next = withEvent(page, event, { from, to, zone });
    if (next === null) void cache.invalidateQueries({ queryKey: key, exact: true });
    else if (next !== page) cache.setQueryData(key, next);
  }
  const held = cache.getQueryData<CalendarEvent>(keys.event(event.id));
  if (held && event.version >= held.version) cache.setQueryData(keys.event(event.id), event);
}
