import { useCallback, useEffect, useState } from "react";
import { isProblem } from "../../../shared/api/problem";
import { joinMeeting } from "../api";
import { Call, type CallPorts, type Ending, type Line } from "../call/call";
import type { LocalMedia } from "../call/local";

const REFUSALS: Record<string, Ending> = {
  meeting_ended: "ended",
  meeting_full: "full",
  removed_from_meeting: "removed",
  sign_in_required: "signed_out",
};

/** Why the server does not let in; null for what another try may mend. */
export function refusal(error: unknown): Ending | null {
  if (!isProblem(error)) return null;
  const known = REFUSALS[error.code];
  if (known) return known;
  if (error.status === 401) return "signed_out";
  return error.status === 403 || error.status === 404 ? "access_lost" : null;
}

function portsOf(meetingId: string): CallPorts {
  return {
    join: (resume) => joinMeeting(meetingId, resume),
    line: () => {
      const address = new URL(`/api/v1/meetings/${meetingId}/signal`, window.location.href);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      return new WebSocket(address) as unknown as Line; // the part of it that is used
    },
    refusal,
  };
}

/** One call at a time; it ends with the page. */
export function useCall(meetingId: string): { call: Call | null; enter: (media: LocalMedia) => void; forget: () => void } {
  const [call, setCall] = useState<Call | null>(null);
  const enter = useCallback(
    (media: LocalMedia) => {
      const next = new Call(portsOf(meetingId), media);
      next.start();
      setCall(next);
    },
    [meetingId],
  );
  const forget = useCallback(() => setCall(null), []);
  useEffect(() => {
    if (!call) return undefined;
    const gone = (): void => call.leave();
    const back = (): void => call.retryNow();
    window.addEventListener("pagehide", gone);
    window.addEventListener("online", back);
    document.addEventListener("visibilitychange", back);
    return () => {
      window.removeEventListener("pagehide", gone);
      window.removeEventListener("online", back);
      document.removeEventListener("visibilitychange", back);
      call.leave();
    };
  }, [call]);
  return { call, enter, forget };
}
