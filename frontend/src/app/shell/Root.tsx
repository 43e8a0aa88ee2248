import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isTyping, nextZone } from "../../shared/a11y/keys";
import { PanelProvider } from "../../shared/ui/panel";

/** What is common to all pages: F6 between zones, the focus at the title after a navigation. */
export function Root(): React.JSX.Element {
  useZoneKeys();
  useFocusAfterNavigation();
  return (
    <PanelProvider>
      <Outlet />
    </PanelProvider>
  );
}

function useZoneKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "F6" || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      nextZone(event.shiftKey);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** The room of an address: going on inside a room leaves the focus where it is. */
function roomOf(pathname: string): string {
  return pathname.split("/").slice(0, 4).join("/");
}

function useFocusAfterNavigation(): void {
  const room = useRouterState({ select: (state) => roomOf(state.resolvedLocation?.pathname ?? "") });
  const last = useRef("");
  useEffect(() => {
    const first = last.current === "";
    last.current = room;
    if (first || room === "") return undefined;
    const frame = requestAnimationFrame(() => {
      const main = document.getElementById("main");
      if (!main || (main.contains(document.activeElement) && isTyping(document.activeElement))) return;
      (main.querySelector<HTMLElement>("h1[tabindex]") ?? main).focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [room]);
}
