/** Keys in a list of messages or of buttons. Pure of React. */

/** The message that has the focus, or that holds the button which has; none while one types or a menu is open. */
export function messageAt(list: HTMLElement, target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement) || !list.contains(target)) return null;
  if (target.isContentEditable || target.matches("input, textarea, select") || target.closest("[role=menu], [role=dialog]")) return null;
  return target.closest<HTMLElement>("[data-message]");
}

const PAGE = 8;

/** Where a key leads from a place among so many; null when it leads nowhere. */
export function placeFrom(key: string, here: number, count: number): number | null {
  const last = count - 1;
  const to = { ArrowUp: here - 1, ArrowDown: here + 1, PageUp: here - PAGE, PageDown: here + PAGE, Home: 0, End: last }[key];
  if (to === undefined || count === 0) return null;
  return Math.min(last, Math.max(0, to));
}

/** Arrows, Début and Fin go along the buttons of a list. */
export function moveAlong(event: React.KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const here = all.findIndex((one) => one === event.target);
  const next = here < 0 ? null : placeFrom(event.key, here, all.length);
  if (next === null) return;
  event.preventDefault();
  all[next]?.focus();
}
