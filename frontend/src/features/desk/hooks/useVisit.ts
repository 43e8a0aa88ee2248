import { useEffect } from "react";
import { markVisit } from "../api";

const GLANCE = 1500;

/** Marks the visit when the page is left, so that what was new stays marked while one looks. A glance does not count. */
export function useVisit(workspaceId: string): void {
  useEffect(() => {
    const came = Date.now();
    let marked = false;
    const leave = (): void => {
      if (marked || Date.now() - came < GLANCE) return;
      marked = true;
      markVisit(workspaceId).catch(() => undefined); // the mark is a convenience: next time more shows as new
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [workspaceId]);
}
