import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { newId } from "../../../shared/lib/ids";
import { useConnection } from "../../../shared/live/store";
import { useMe } from "../../../shared/session/session";
import type { Channel, Message } from "../api";
import { browserOutbox } from "../lib/outbox";
import type { Waiting } from "../lib/store";
import { titleOf } from "../lib/title";
import { foldMark, foldMessage } from "../live";
import { marks } from "./useReading";

let running = 0;
let arrived: (message: Message) => void = () => {};
export const outbox = browserOutbox((message) => arrived(message));

/** Sends what waits, for as long as somebody is signed in. Once, near the root of the conversations. */
export function useRunningOutbox(user: string | null): void {
  const cache = useQueryClient();
  const { live } = useConnection();
  useEffect(() => {
    arrived = (message) => foldMessage(cache, message);
    if (user === null) return undefined;
    running += 1;
    void outbox.start(user);
    return () => {
      running -= 1;
      // Signed out: nothing of this person may go under the name of the next.
      if (running > 0) return;
      outbox.stop();
      marks.forget();
    };
  }, [cache, user]);
  useEffect(() => {
    const read = (): void => marks.sayAgain((mark) => foldMark(cache, mark));
    const online = (): void => {
      outbox.flush();
      read();
    };
    if (live) online();
    window.addEventListener("online", online);
    window.addEventListener("focus", read);
    return () => {
      window.removeEventListener("online", online);
      window.removeEventListener("focus", read);
    };
  }, [cache, live]);
}

/** All that is on its way, wherever it goes. */
export function useAllWaiting(): readonly Waiting[] {
  return useSyncExternalStore(outbox.items.subscribe, outbox.items.get);
}

/** Whether what is on its way waits for the network. */
export function useStuck(): boolean {
  return useSyncExternalStore(outbox.stuck.subscribe, outbox.stuck.get);
}

function placeOf(cache: QueryClient, channel: string, me: string): string | undefined {
  for (const [, list] of cache.getQueriesData<{ items: Channel[] }>({ queryKey: ["chat", "channels"] })) {
    const found = list?.items.find((one) => one.id === channel);
    if (found) return titleOf(found, me);
  }
  return undefined;
}

/** What of this channel or thread is on its way. */
export function useWaiting(channel: string, thread: string | null): Waiting[] {
  const all = useSyncExternalStore(outbox.items.subscribe, outbox.items.get);
  return useMemo(() => all.filter((one) => one.channel === channel && one.thread === thread), [all, channel, thread]);
}

export type How = Pick<Waiting, "inChannel" | "groups" | "confirmed" | "urgent" | "files">;

/** Sends a message: shown at once, kept until the server has it. */
export function useSend(channel: string, thread: string | null): (text: string, mentions: Waiting["mentions"], how?: How) => void {
  const me = useMe();
  const cache = useQueryClient();
  return useCallback(
    (text, mentions, how = {}) => {
      const place = placeOf(cache, channel, me.id);
      const one = { id: newId(), ...(place !== undefined && { place }), user: me.id, channel, thread, text, mentions, at: Date.now(), refused: null, ...how };
      void outbox.send(one);
    },
    [cache, channel, thread, me.id],
  );
}
