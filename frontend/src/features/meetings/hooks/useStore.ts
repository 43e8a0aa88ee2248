import { useSyncExternalStore } from "react";
import type { Store } from "../../../shared/live/store";

/** The value of a store of the call engine. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
