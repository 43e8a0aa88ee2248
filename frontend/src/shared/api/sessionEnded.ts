/** The session is over: said once by whoever learns it first, heard by the application frame. */
const listeners = new Set<() => void>();

export function onSessionEnded(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function sayThatSessionEnded(): void {
  for (const listener of listeners) listener();
}
