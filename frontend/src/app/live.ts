/** The live wiring: one socket per tab, every feature's folds, the state of the connection. */
import { useEffect } from "react";
import { folds as accounts } from "../features/accounts/live";
import { folds as calendar } from "../features/calendar/live";
import { folds as chat } from "../features/chat/live";
import { folds as desk } from "../features/desk/live";
import { folds as documents } from "../features/documents/live";
import { folds as meetings } from "../features/meetings/live";
import { folds as notifications } from "../features/notifications/live";
import { folds as tasks } from "../features/tasks/live";
import { folds as workspaces } from "../features/workspaces/live";
import { folds as titles } from "../shared/prose/asking";
import { meQuery } from "../features/accounts/api";
import { sayThatSessionEnded } from "../shared/api/sessionEnded";
import { FrameBatch } from "../shared/live/batch";
import { forgetPresence, hearEphemeral } from "../shared/live/presence";
import { registry, ring } from "../shared/live/ring";
import { LiveSocket, type Transport } from "../shared/live/socket";
import { connection } from "../shared/live/store";
import { folds as work } from "../shared/work/states";
import { startedAfterAll } from "./offlineStart";
import { queryClient } from "./queryClient";
import { lookForNewBuild } from "./worker";

for (const folds of [accounts, workspaces, documents, chat, meetings, calendar, tasks, notifications, desk, work, titles]) registry.add(folds);

const IDLE = 5 * 60_000;
/** A tab behind others is no presence: what comes is then told elsewhere. */
const BEHIND = 60_000;

function openStream(): Transport {
  const address = new URL("/api/v1/stream", window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address) as unknown as Transport; // the part of it that is used
}

/** Several resets come together: one round of fetches answers them all. */
let refresh: ReturnType<typeof setTimeout> | undefined;
function refreshAll(): void {
  clearTimeout(refresh);
  refresh = setTimeout(() => void queryClient.invalidateQueries(), 60);
}

let retry: () => void = () => undefined;
/** « Réessayer »: now, not at the next attempt. */
export const retryLive = (): void => retry();

/** Keeps the office live while somebody is signed in. */
export function useLiveOffice(): void {
  useEffect(() => {
    let lost = false;
    const frames = new FrameBatch((frame) => {
      if (!registry.apply(queryClient, frame)) refreshAll(); // what it would have said is asked for
    });
    const socket = new LiveSocket(openStream, {
      onFrame: (frame) => {
        ring.push(frame);
        frames.push(frame);
      },
      onEphemeral: (message) => hearEphemeral({ type: "ephemeral", ...message }),
      onReset: refreshAll,
      onState: (state) => {
        connection.set(state);
        if (state.live) startedAfterAll();
        if (state.live && lost) void lookForNewBuild();
        lost = !state.live && state.failures > 0;
        // refused before it opened: the session may be over, which only a request can tell
        if (!state.live && state.failures > 1) void queryClient.refetchQueries({ queryKey: meQuery.queryKey, exact: true });
      },
      onSessionEnded: sayThatSessionEnded,
    });
    retry = () => socket.retryNow();
    let idle: ReturnType<typeof setTimeout> | undefined;
    const active = (): void => {
      clearTimeout(idle);
      if (document.visibilityState === "visible") socket.sayPresence("online");
      idle = setTimeout(() => socket.sayPresence("away"), IDLE);
    };
    const seen = (): void => {
      if (document.visibilityState === "visible") {
        socket.retryNow();
        active();
      } else {
        clearTimeout(idle);
        idle = setTimeout(() => socket.sayPresence("away"), BEHIND);
      }
    };
    const doubt = (): void => socket.retryNow();
    window.addEventListener("online", doubt);
    window.addEventListener("offline", doubt);
    window.addEventListener("focus", active);
    window.addEventListener("keydown", active);
    window.addEventListener("pointerdown", active);
    document.addEventListener("visibilitychange", seen);
    active();
    socket.start();
    return () => {
      clearTimeout(idle);
      window.removeEventListener("online", doubt);
      window.removeEventListener("offline", doubt);
      window.removeEventListener("focus", active);
      window.removeEventListener("keydown", active);
      window.removeEventListener("pointerdown", active);
      document.removeEventListener("visibilitychange", seen);
      socket.stop();
      forgetPresence();
    };
  }, []);
}
