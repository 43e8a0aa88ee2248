import { useEffect, useMemo } from "react";
import type { Row } from "../lib/rows";
import type { Timeline } from "../lib/timeline";

const NEAR = 12;

interface Ways {
  timeline: Timeline;
  loadOlder: () => void;
  loadNewer: () => void;
  saw: (seq: number) => void;
}

/** More of both ends before they are reached; what is seen is read. */
export function useAround(
  first: number,
  last: number,
  rows: readonly Row[],
  { timeline, loadOlder, loadNewer, saw }: Ways,
): void {
  const { older, newer } = timeline;
  useEffect(() => {
    if (older !== null && first < NEAR) loadOlder();
  }, [first, older, loadOlder]);
  useEffect(() => {
    if (newer !== null && last >= rows.length - NEAR) loadNewer();
  }, [last, rows.length, newer, loadNewer]);
  const seen = useMemo(() => {
    for (let index = last; index >= 0; index -= 1) {
      const row = rows[index];
      if (row?.kind === "message") return row.message.seq;
    }
    return 0;
  }, [last, rows]);
  useEffect(() => {
    const look = (): void => {
      if (seen > 0) saw(seen);
    };
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [seen, saw]);
}
