import { isNewer, replaceIn, upsertInto } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import { keys, type Meeting } from "./api";

const RANK = { open: 0, scheduled: 1, ended: 2 } as const;

/** Under way, planned, past; newest first. */
export function inOrder(a: Meeting, b: Meeting): number {
  return RANK[a.state] - RANK[b.state] || b.created_at.localeCompare(a.created_at) || b.id.localeCompare(a.id);
}

export const folds = {
  "meetings.meeting": {
    changed: (cache, meeting) => {
      upsertInto<Meeting>(cache, keys.list(meeting.workspace_id), meeting, { insert: "start", order: inOrder });
      const held = cache.getQueryData<Meeting>(keys.one(meeting.id));
      if (held && isNewer(meeting, held)) replaceIn<Meeting>(cache, keys.one(meeting.id), meeting);
    },
  },
} satisfies Folds<"meetings.meeting">;
