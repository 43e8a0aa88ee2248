import { useEffect, useState } from "react";
import { isProblem } from "../../../shared/api/problem";
import type { Timeline } from "../lib/timeline";

interface Target {
  /** The message of the address, when it is held. */
  shown: string | null;
  /** It is not there, or not for me: the same words for both. */
  missing: boolean;
}

/** Goes to the message of a permanent link, once. */
export function useTarget(target: string | null, timeline: Timeline | undefined, goTo: (around: string) => Promise<void>): Target {
  const [asked, setAsked] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const found = target === null ? undefined : timeline?.items.find((one) => one.id === target);
  const held = found !== undefined;
  const ready = timeline !== undefined;
  useEffect(() => {
    if (target === null || held || !ready || asked === target) return;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- asked once for each address
    setAsked(target);
    goTo(target).catch((error: unknown) => {
      if (isProblem(error) && (error.status === 404 || error.status === 400)) setMissing(target);
    });
  }, [target, held, ready, asked, goTo]);
  return { shown: held ? target : null, missing: target !== null && (found ? found.deleted_at !== null : missing === target) };
}
