/** Live state that is not server data: connection, presence. Read through `useSyncExternalStore`. */
import { useSyncExternalStore } from "react";
import type { LiveState } from "./socket";

export class Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get = (): T => this.#value;

  set(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const connection = new Store<LiveState>({ live: false, failures: 0 });

export function useConnection(): LiveState {
  return useSyncExternalStore(connection.subscribe, connection.get);
}
