/** The line that the address names. One outside of what is on screen is looked up, and the calendar goes there. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { eventQuery, type Line } from "../api";
import { daysOf, lineKey, lineOf } from "../lib/lines";

interface Options {
  /** From the address: the event, or one occurrence. */
  named: string | null;
  lines: Line[];
  isReady: boolean;
  zone: string;
  onFound: (date: string) => void;
}

export function useOpenLine({ named, lines, isReady, zone, onFound }: Options): { line: Line | null; isAbsent: boolean } {
  const [id = "", recurrence] = named?.split("_") ?? [];
  const line = named === null ? undefined : (lines.find((held) => lineKey(held) === named) ?? lines.find((held) => held.id === id));
  const isElsewhere = named !== null && isReady && line === undefined;
  const lookup = useQuery({ ...eventQuery(id), enabled: isElsewhere, retry: false });
  const found = lookup.data;
  const isFoundElsewhere = isElsewhere && found !== undefined;
  const day = recurrence ? `${recurrence.slice(0, 4)}-${recurrence.slice(4, 6)}-${recurrence.slice(6, 8)}` : null;
  const target = isFoundElsewhere ? (day ?? daysOf(lineOf(found), zone).first) : null;
  useEffect(() => {
    if (target !== null) onFound(target);
    // once for each target: the calendar then shows it, or it was taken out of its series
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target]);
  return { line: line ?? null, isAbsent: isElsewhere && lookup.isError };
}
