import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../shared/a11y/announce";
import { plain } from "../../../shared/prose/markdown";
import type { Timeline } from "../lib/timeline";

const GATHER = 1500;

/** Screen readers hear what others say, politely and in groups. */
export function useAnnounced(timeline: Timeline | undefined, me: string): void {
  const { t } = useTranslation("chat");
  const heard = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(timeline);
  useEffect(() => {
    latest.current = timeline;
    if (!timeline || timeline.newer !== null) return;
    const head = timeline.items.at(-1)?.seq ?? 0;
    heard.current ??= head;
    if (head <= heard.current) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const since = heard.current ?? 0;
      const items = latest.current?.items ?? [];
      heard.current = items.at(-1)?.seq ?? since;
      const fresh = items.filter((one) => one.seq > since && one.author.id !== me && one.deleted_at === null && one.system === null);
      const [only] = fresh;
      if (fresh.length === 1 && only) announce(t("list.said", { name: only.author.name, text: plain(only.text).slice(0, 200) }));
      else if (fresh.length > 1) announce(t("list.new", { count: fresh.length }));
    }, GATHER);
  }, [timeline, me, t]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
