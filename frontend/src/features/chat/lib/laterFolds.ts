import type { QueryClient } from "@tanstack/react-query";
import { dropFrom, upsertInto } from "../../../shared/live/cache";
import type { Folds } from "../../../shared/live/frames";
import { keys, laterKeys, type Rules, type Scheduled, type Wishes } from "../api";

/** What waits, what one is reminded of, how one writes, and what the managers decided. */
export const laterFolds = {
  "chat.scheduled": {
    changed: foldScheduled,
    removed: (cache, { id }) => dropFrom(cache, laterKeys.scheduled, id),
  },
  "chat.reminder": {
    // its words are not in the frame: they are asked for
    changed: (cache) => void cache.invalidateQueries({ queryKey: laterKeys.reminders }),
    removed: (cache, { id }) => dropFrom(cache, laterKeys.reminders, id),
  },
  "chat.wishes": { changed: foldWishes },
  "chat.policy": { changed: foldRules },
} satisfies Folds<"chat.scheduled" | "chat.reminder" | "chat.wishes" | "chat.policy">;

export function foldScheduled(cache: QueryClient, row: Scheduled): void {
  upsertInto<Scheduled>(cache, laterKeys.scheduled, row, { order: (a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id) });
}

export function foldWishes(cache: QueryClient, wishes: Wishes): void {
  const held = cache.getQueryData<Wishes>(laterKeys.wishes);
  if (!held || held.version <= wishes.version) cache.setQueryData(laterKeys.wishes, wishes);
}

/** What one may do follows from the rules: it is asked anew. */
export function foldRules(cache: QueryClient, rules: Rules): void {
  const key = laterKeys.rules(rules.workspace_id);
  const held = cache.getQueryData<Rules>(key);
  if (held && held.version <= rules.version) cache.setQueryData(key, rules);
  void cache.invalidateQueries({ queryKey: keys.channels(rules.workspace_id) });
}
