import { useQuery } from "@tanstack/react-query";
import { useMaybeMe } from "../../../shared/session/session";
import { unreadQuery } from "../api";
import { callsIn } from "../lib/places";
import { useRunningOutbox } from "./useOutbox";

export interface Unread {
  /** What concerns me: shown as a number. */
  count: number;
  /** Something else is new: shown as a dot. */
  some: boolean;
}

/** What is unread in each workspace's conversations; muted ones do not count. The frame uses it on every page, so
 * messages that wait for the network go from wherever one is. */
export function useUnreadByWorkspace(): (workspaceId: string) => Unread {
  const me = useMaybeMe();
  const { data } = useQuery({ ...unreadQuery, enabled: me !== null });
  useRunningOutbox(me?.id ?? null);
  return (workspaceId) => {
    const { count, dot } = callsIn(data?.items ?? [], workspaceId, me?.id ?? "");
    return { count, some: dot || count > 0 };
  };
}
