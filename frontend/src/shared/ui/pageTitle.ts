/** The name of the browser's tab: what is open, and before it how much is unread. */
let title = "";
let unread = 0;

export function sayTitle(of: string): void {
  title = of;
  write();
}

/** « (3) Discussions · Plano »; above 99 « (99+) ». */
export function countInTitle(count: number): void {
  unread = count;
  if (title !== "") write();
}

function write(): void {
  const sign = unread > 99 ? "(99+) " : unread > 0 ? `(${unread}) ` : "";
  document.title = `${sign}${title} · Plano`;
}
