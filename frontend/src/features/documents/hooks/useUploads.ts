import { useEffect, useMemo, useSyncExternalStore } from "react";
import { type Line, lines as uploadLines, preparing as uploadPreparing, restoreUploads } from "../lib/uploads";

export interface Uploads {
  mine: readonly Line[];
  preparing: boolean;
}

/** What is on its way to this workspace, of the person who is here. */
export function useUploads(workspaceId: string, userId: string): Uploads {
  const all = useSyncExternalStore(uploadLines.subscribe, uploadLines.get);
  const preparing = useSyncExternalStore(uploadPreparing.subscribe, uploadPreparing.get);
  useEffect(() => void restoreUploads(userId), [userId]);
  const mine = useMemo(() => all.filter((line) => line.workspaceId === workspaceId), [all, workspaceId]);
  return { mine, preparing: preparing > 0 };
}
