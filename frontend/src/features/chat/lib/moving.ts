/** Arrows go from message to message. */
export function moveBetween(event: React.KeyboardEvent<HTMLDivElement>, setActive: (id: string) => void): void {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  const here = event.target instanceof HTMLElement && event.target.matches("[data-message]") ? event.target : null;
  if (!here) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-message]")];
  const next = all[all.indexOf(here) + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  setActive(next.dataset["message"] ?? "");
  next.focus();
}

/** Arrows, Début and Fin go along the buttons of a list. */
export function moveAlong(event: React.KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const here = all.findIndex((one) => one === event.target);
  if (here < 0) return;
  const next = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: all.length - 1 }[event.key];
  if (next === undefined || !all[next]) return;
  event.preventDefault();
  all[next].focus();
}
