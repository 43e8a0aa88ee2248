/** Pieces of the client that are fetched when they are first needed. */
import { connection } from "./store";

const isReached = (): boolean => navigator.onLine && connection.get().live;

/**
 * `load`, asked again at the return of the network: a piece that is late keeps its placeholder, and never takes its page
 * away. With a network a failure is one (a new build has other files: `vite:preloadError`).
 */
export function patient<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (;;) {
      try {
        return await load();
      } catch (error) {
        if (isReached()) throw error;
        await reached();
      }
    }
  };
}

function reached(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isReached()) return;
      stop();
      window.removeEventListener("online", look);
      resolve();
    };
    const stop = connection.subscribe(look);
    window.addEventListener("online", look);
  });
}
