import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useMe } from "../../../shared/session/session";
import { setMark, unreadQuery } from "../api";
import { Marks } from "../lib/marks";
import { headOf, type Place, readTo, unreadOf } from "../lib/places";
import { change, foldMark } from "../live";

const SAY_AFTER = 700;

export const marks = new Marks((channel, seq) => setMark(channel, { seq, back: false }));

/** The line goes before the first message of others after `seq`; `count` were new when it was drawn. */
export interface Line {
  seq: number;
  count: number;
}

export interface Reading {
  place: Place | undefined;
  unread: number;
  /** Where the line of what is new stands; it stays while one reads. */
  line: Line | null;
  /** This message was on screen. */
  saw: (seq: number) => void;
  readAll: () => void;
  unreadFrom: (seq: number) => Promise<void>;
  clearLine: () => void;
}

/** How far I have read in a channel: one mark for all my devices, moved by what is seen on this one. */
export function useReading(channel: string): Reading {
  const me = useMe();
  const cache = useQueryClient();
  const { data } = useQuery(unreadQuery);
  const place = data?.items.find((one) => one.channel_id === channel);
  const unread = place ? unreadOf(place, me.id) : 0;
  const [line, setLine] = useState<Line | null>(null);
  const [started, setStarted] = useState(false);
  const held = useRef(false);
  const seen = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  if (place && !started) {
    setStarted(true);
    if (unread > 0) setLine({ seq: place.seq, count: unread });
  }

  // Back at this page: what came while it was not looked at is new.
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === "visible" && place && unread > 0) setLine((now) => now ?? { seq: place.seq, count: unread });
    };
    document.addEventListener("visibilitychange", back);
    window.addEventListener("focus", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("focus", back);
    };
  }, [place, unread]);

  const say = useCallback(() => {
    clearTimeout(timer.current);
    const seq = seen.current;
    const current = cache.getQueryData(unreadQuery.queryKey)?.items.find((one) => one.channel_id === channel);
    if (!current || held.current || (seq <= current.seq && current.version > 0)) return;
    change(cache, (places) => places.map((one) => (one.channel_id === channel ? readTo(one, seq) : one)));
    void marks.say(channel, seq).then((mark) => mark && foldMark(cache, mark));
  }, [cache, channel]);

  const saw = useCallback(
    (seq: number) => {
      if (held.current || seq <= seen.current || document.visibilityState !== "visible" || !document.hasFocus()) return;
      seen.current = seq;
      clearTimeout(timer.current);
      timer.current = setTimeout(say, SAY_AFTER);
    },
    [say],
  );
  useEffect(() => () => say(), [say]);

  const clearLine = useCallback(() => setLine(null), []);
  const readAll = useCallback(() => {
    held.current = false;
    setLine(null);
    const current = cache.getQueryData(unreadQuery.queryKey)?.items.find((one) => one.channel_id === channel);
    if (!current) return;
    seen.current = Math.max(seen.current, headOf(current));
    say();
  }, [cache, channel, say]);
  const unreadFrom = useCallback(
    async (seq: number) => {
      held.current = true;
      clearTimeout(timer.current);
      marks.forget(channel);
      const mark = await setMark(channel, { seq: seq - 1, back: true });
      foldMark(cache, mark);
      seen.current = 0;
      setLine({ seq: mark.seq, count: mark.unread });
    },
    [cache, channel],
  );
  return { place, unread, line, saw, readAll, unreadFrom, clearLine };
}
