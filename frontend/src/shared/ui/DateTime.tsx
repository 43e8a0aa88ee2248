import { useSyncExternalStore } from "react";
import { ago, fullDate, planned } from "../lib/dates";

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present, to the half minute, shared by all dates of the page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** « hier à 14:05 », with the full date in the tooltip. `style="planned"` for what is to come. */
export function DateTime({ at, style = "ago", className }: { at: string; style?: "ago" | "planned"; className?: string | undefined }): React.JSX.Element {
  const current = Math.max(useNow(), 0);
  return (
    <time dateTime={at} title={fullDate(at)} className={className}>
      {style === "ago" ? ago(at, Math.max(current, Date.parse(at))) : planned(at, current)}
    </time>
  );
}
