import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { spoken } from "../../../shared/prose/links";
import { unreadQuery } from "../api";
import { newsTo, sentenceOf } from "../lib/heard";
import type { Timeline } from "../lib/timeline";

const GATHER = 2000;
const TOLD = 300;
/** An answer that stands in its thread and in the channel is heard once. */
const told: string[] = [];

/** Screen readers hear what others say, politely: one sentence for all that came in two seconds, none where muted. */
export function useAnnounced(timeline: Timeline | undefined, me: string, muted = false): void {
  const { t } = useTranslation("chat");
  const { t: words } = useTranslation("common");
  const heard = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef({ timeline, muted });
  useEffect(() => {
    latest.current = { timeline, muted };
    if (!timeline || timeline.newer !== null) return;
    const head = timeline.items.at(-1)?.seq ?? 0;
    heard.current ??= head;
    // the first of a burst sets the hour: in a talk that never rests one still hears something
    if (head <= heard.current || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      const since = heard.current ?? 0;
      const items = latest.current.timeline?.items ?? [];
      heard.current = items.at(-1)?.seq ?? since;
      const news = newsTo(me, items, since).filter((one) => !told.includes(one.id));
      told.push(...news.map((one) => one.id));
      told.splice(0, told.length - TOLD);
      const sentence = latest.current.muted ? null : sentenceOf(news, (text) => spoken(text, words));
      if (sentence) announce(t(sentence.key, sentence.values));
    }, GATHER);
  }, [timeline, me, muted, t, words]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}

/** Whether nothing of this conversation disturbs me. */
export function useMuted(channelId: string): boolean {
  const { data } = useQuery(unreadQuery);
  return data?.items.some((one) => one.channel_id === channelId && one.level === "nothing") ?? false;
}
