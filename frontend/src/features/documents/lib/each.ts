/** One act on each of many things, with how far it is and a way to stop. */
import { Store } from "../../../shared/live/store";

export interface Work {
  done: number;
  total: number;
  stop: () => void;
}

export const work = new Store<Work | null>(null);
/** Fewer are done before anybody could read how far they are. */
const TOLD_FROM = 20;

/** One after the other, so that the server's order is ours; the first refusal is kept, the others go on. */
export async function each<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<{ done: R[]; failure: unknown }> {
  const done: R[] = [];
  let failure: unknown = null;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  for (const [index, item] of items.entries()) {
    if (stopped) break;
    if (items.length >= TOLD_FROM) work.set({ done: index, total: items.length, stop });
    try {
      done.push(await act(item));
    } catch (error) {
      failure ??= error;
    }
  }
  if (items.length >= TOLD_FROM) work.set(null);
  return { done, failure };
}
