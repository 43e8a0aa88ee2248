import { useEffect, useSyncExternalStore } from "react";
import { lines as uploadLines, preparing as uploadPreparing, restoreUploads, type Line } from "../lib/uploads";

export interface Uploads {
  mine: Line[];
  preparing: boolean;
  /** The first that waits for a word about its name. */
  conflict: Line | undefined;
  more: boolean;
}

/** What is on its way to this workspace, of the person who is here. */
export function useUploads(workspaceId: string, userId: string): Uploads {
  const all = useSyncExternalStore(uploadLines.subscribe, uploadLines.get);
  const preparing = useSyncExternalStore(uploadPreparing.subscribe, uploadPreparing.get);
  useEffect(() => void restoreUploads(userId), [userId]);
  const mine = all.filter((line) => line.workspaceId === workspaceId);
  const conflicts = mine.filter((line) => line.state === "conflict");
  const pending = mine.filter((line) => line.state === "waiting" || line.state === "sending");
  return { mine, preparing: preparing > 0, conflict: conflicts[0], more: conflicts.length + pending.length > 1 };
}
