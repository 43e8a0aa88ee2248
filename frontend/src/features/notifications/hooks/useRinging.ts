import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { countInTitle } from "../../../shared/ui/pageTitle";
import { toast } from "../../../shared/ui/toast";
import { type Notification, notificationsQuery, pushQuery, rhythmQuery } from "../api";
import { grouped } from "../lib/groups";
import { renewPush } from "../lib/push";
import { freshOf, hasSound, resumedUntil, rings, sound } from "../lib/ringing";
import { useSentence } from "./useSentence";

/** Once, in the frame: the count in the tab and on the icon, a word when something comes, this browser's own alerts. */
export function useRinging(me: string, onCount: (unread: number) => void): void {
  const { data } = useQuery(notificationsQuery);
  const sentence = useSentence();
  const href = useRouterState({ select: (state) => state.location.href });
  const before = useRef<readonly Notification[] | undefined>(undefined);
  const path = useRef(href);
  useEffect(() => {
    path.current = href;
  }, [href]);
  const unread = data?.unread;
  useEffect(() => {
    if (unread === undefined) return;
    countInTitle(unread);
    onCount(unread);
  }, [unread, onCount]);
  useEffect(() => () => countInTitle(0), []);
  useEffect(() => {
    if (!data) return;
    const at = Date.now();
    const now = { at, path: path.current, visible: document.visibilityState === "visible", resumed: resumedUntil.get() > at };
    const fresh = freshOf(before.current, data.items).filter((one) => rings(one, now));
    before.current = data.items;
    const [first] = grouped(fresh);
    if (!first) return;
    toast(first.latest.title === "" ? sentence(first) : `${sentence(first)} · ${first.latest.title}`, { news: true });
    if (hasSound()) sound();
  }, [data, sentence]);
  useOwnPush(me);
}

/** The session that begins takes over the alerts that this person wished on this browser. */
function useOwnPush(me: string): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    const timer = setTimeout(() => {
      void (async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        if (!(await registration?.pushManager?.getSubscription())) return;
        const { key } = await cache.fetchQuery(pushQuery);
        await renewPush(me, key);
      })().catch(() => undefined); // the settings say it when asked
    }, 3000);
    return () => clearTimeout(timer);
  }, [cache, me]);
}

const EVERY = 5 * 60_000;

/** My hours now: asked again at each moment that may change them. */
export function useRhythm() {
  const { data } = useQuery({
    ...rhythmQuery,
    refetchInterval: ({ state }) => {
      const next = state.data?.next_moment;
      const until = next === null || next === undefined ? EVERY : new Date(next).getTime() - Date.now() + 1000;
      return Math.min(EVERY, Math.max(10_000, until));
    },
    refetchOnWindowFocus: true,
    staleTime: 60_000,
  });
  return data;
}
