import { type RefObject, useCallback, useEffect, useRef } from "react";

/** Where to bring the list: a row at the top or in the middle, or the end. A row that may move is asked for anew. */
export interface Placement {
  index: number | "end" | (() => number);
  align: "start" | "center" | "end";
}

const FRAMES = 40;
const STILL = 4;
const MARGIN = 12;

/**
 * Brings a row of unknown heights exactly where it belongs: rows are measured as they are drawn, so the place is
 * corrected on the next frames until it holds still. Whoever scrolls meanwhile has the last word.
 */
export function usePlacement(scroller: RefObject<HTMLElement | null>, toIndex: (index: number) => void): (to: Placement) => void {
  const frame = useRef(0);
  const stop = useCallback(() => cancelAnimationFrame(frame.current), []);
  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener("wheel", stop, { passive: true });
    element?.addEventListener("touchmove", stop, { passive: true });
    element?.addEventListener("keydown", stop);
    element?.addEventListener("pointerdown", stop);
    return () => {
      stop();
      element?.removeEventListener("wheel", stop);
      element?.removeEventListener("touchmove", stop);
      element?.removeEventListener("keydown", stop);
      element?.removeEventListener("pointerdown", stop);
    };
  }, [scroller, stop]);
  return useCallback(
    (to) => {
      stop();
      let still = 0;
      const step = (left: number): void => {
        const element = scroller.current;
        if (!element || left === 0 || still >= STILL) return;
        const before = element.scrollTop;
        const index = typeof to.index === "function" ? to.index() : to.index;
        const wanted = offsetOf(element, index, to.align);
        if (wanted === null) {
          if (index !== "end" && index >= 0) toIndex(index);
        } else if (Math.abs(wanted - before) > 1) element.scrollTop = wanted;
        still = wanted !== null && Math.abs(element.scrollTop - before) <= 1 ? still + 1 : 0;
        frame.current = requestAnimationFrame(() => step(left - 1));
      };
      step(FRAMES);
    },
    [scroller, stop, toIndex],
  );
}

function offsetOf(element: HTMLElement, index: number | "end", align: Placement["align"]): number | null {
  const most = element.scrollHeight - element.clientHeight;
  if (index === "end") return most;
  const row = element.querySelector<HTMLElement>(`[data-index="${index}"]`);
  if (!row) return null;
  const top = element.scrollTop + row.getBoundingClientRect().top - element.getBoundingClientRect().top;
  const room = align === "center" ? (element.clientHeight - row.offsetHeight) / 2 : MARGIN;
  return Math.max(0, Math.min(most, Math.round(top - room)));
}
