import { useEffect, useState } from "react";
import type { Timeline } from "../lib/timeline";

/** Goes to the message of a permanent link, once; answers its id when it is held. */
export function useTarget(target: string | null, timeline: Timeline | undefined, goTo: (around: string) => Promise<void>): string | null {
  const [asked, setAsked] = useState<string | null>(null);
  const held = target !== null && (timeline?.items.some((one) => one.id === target) ?? false);
  const ready = timeline !== undefined;
  useEffect(() => {
    if (target === null || held || !ready || asked === target) return;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- asked once for each address
    setAsked(target);
    goTo(target).catch(() => undefined);
  }, [target, held, ready, asked, goTo]);
  return held ? target : null;
}
