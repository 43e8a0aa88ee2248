import { replaceIn } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import { sayThatSessionEnded } from "../../shared/api/sessionEnded";
import { keys } from "./api";

export const folds = {
  "accounts.me": { changed: (cache, me) => replaceIn(cache, keys.me, me) },
  "accounts.session_ended": {
    changed: (cache, ended) => {
      if (ended.session_id === null) sayThatSessionEnded();
      else void cache.invalidateQueries({ queryKey: keys.sessions });
    },
  },
} satisfies Folds<"accounts.me" | "accounts.session_ended">;
