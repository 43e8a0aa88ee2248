import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { refolded, ring } from "../../../shared/live/ring";
import { fetchMessages, keys, timelineQuery } from "../api";
import { fresh, merge, type Timeline } from "../lib/timeline";

export interface Scrolled {
  timeline: Timeline | undefined;
  error: unknown;
  retry: () => void;
  loading: boolean;
  loadOlder: () => void;
  loadNewer: () => void;
  /** Another place of the conversation: around a message, or the present. */
  goTo: (around: string | null) => Promise<void>;
}

/** The messages of a channel, and more of them as one scrolls. */
export function useTimeline(channel: string, around: number | null): Scrolled {
  const cache = useQueryClient();
  const key = keys.timeline(channel);
  const { data, error, refetch } = useQuery(timelineQuery(channel, around));
  const busy = useRef(false);
  const [loading, setLoading] = useState(false);

  const load = useCallback(
    async (how: (held: Timeline) => Promise<Timeline> | null) => {
      const held = cache.getQueryData<Timeline>(key);
      const going = held && !busy.current ? how(held) : null;
      if (!going) return;
      busy.current = true;
      setLoading(true);
      const mark = ring.mark;
      try {
        // Frames that came meanwhile were folded into what was held before this page.
        cache.setQueryData<Timeline>(key, refolded(await going, mark, key, cache));
        if (ring.since(mark) === null) void cache.invalidateQueries({ queryKey: key }); // more than are kept
      } finally {
        busy.current = false;
        setLoading(false);
      }
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key is made of the channel
    [cache, channel],
  );
  const loadOlder = useCallback(() => {
    void load((held) => {
      if (held.older === null) return null;
      const before = held.older;
      return fetchMessages(channel, { before, limit: 100 }).then((page) =>
        merge(cache.getQueryData<Timeline>(keys.timeline(channel)) ?? held, page.items, { older: page.next }),
      );
    }).catch(() => undefined); // the next scroll tries again
  }, [cache, channel, load]);
  const loadNewer = useCallback(() => {
    void load((held) => {
      if (held.newer === null) return null;
      const after = held.newer;
      return fetchMessages(channel, { after, limit: 100 }).then((page) =>
        merge(cache.getQueryData<Timeline>(keys.timeline(channel)) ?? held, page.items, { newer: page.next }),
      );
    }).catch(() => undefined);
  }, [cache, channel, load]);
  const goTo = useCallback(
    async (place: string | null) => {
      // a page of what is near may be on its way: the address is not forgotten for that
      while (busy.current) await new Promise((resolve) => setTimeout(resolve, 30));
      await load(() => fetchMessages(channel, place === null ? {} : { around: place }).then(fresh));
    },
    [channel, load],
  );
  return { timeline: data, error, retry: () => void refetch(), loading, loadOlder, loadNewer, goTo };
}
