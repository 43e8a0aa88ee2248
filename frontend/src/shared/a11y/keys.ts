/** Whether the keys that are typed now go into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"))
  );
}

/** F6 and Maj F6: from one zone of the frame (`data-zone`) to the next. */
export function nextZone(backwards: boolean): void {
  const zones = [...document.querySelectorAll<HTMLElement>("[data-zone]")].filter((zone) => zone.offsetParent !== null);
  if (zones.length === 0) return;
  const here = zones.findIndex((zone) => zone.contains(document.activeElement));
  const step = backwards ? -1 : 1;
  const next = zones[(here + step + zones.length) % zones.length];
  const target = next?.querySelector<HTMLElement>(
    "h1[tabindex], a[href], button:not(:disabled), input:not(:disabled), [tabindex='0']",
  );
  (target ?? next)?.focus();
}
