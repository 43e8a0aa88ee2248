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
