import type { QueryClient } from "@tanstack/react-query";
import { findIn, isNewer, upsertInto } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import { type Filter, keys, type Notification, type NotificationPage } from "./api";
import { isIn } from "./lib/filters";

export const folds = {
  "notifications.notification": { changed: foldNotification },
  // what was told of a place that is mine no more goes from the list and from the number; what comes back, too
  "live.scopes": { changed: (cache) => void cache.invalidateQueries({ queryKey: keys.all }) },
} satisfies Folds<"notifications.notification" | "live.scopes">;

/** Into every list, and into the number of unread ones. */
export function foldNotification(cache: QueryClient, notification: Notification): void {
  const first = cache.getQueryData<NotificationPage>(keys.first);
  const held = findIn<Notification>(cache, keys.first, notification.id);
  if (first) {
    if (!held && notification.read_at !== null) {
      // an old one, beyond what is held, was read elsewhere: only the server can count it once
      void cache.invalidateQueries({ queryKey: keys.first });
      upsertInto<Notification>(cache, keys.all, notification, { insert: false, belongs });
      return;
    }
    const step = unreadOf(notification) - (held ? unreadOf(held) : 0);
    if (step !== 0 && (!held || isNewer(notification, held))) {
      cache.setQueryData<NotificationPage>(keys.first, { ...first, unread: Math.max(0, first.unread + step) });
    }
  }
  upsertInto<Notification>(cache, keys.all, notification, { insert: "start", belongs });
}

function unreadOf(notification: Notification): number {
  return notification.read_at === null ? 1 : 0;
}

/** A list that shows only some takes only those. */
function belongs(notification: Notification, key: readonly unknown[]): boolean {
  return key[1] !== "pages" || isIn(key[2] as Filter, notification);
}
