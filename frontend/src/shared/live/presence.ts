/** Who is here now: told by the socket, never stored. */
import { useEffect, useSyncExternalStore } from "react";
import type { Ephemeral } from "./frames";
import { Store } from "./store";

export type Present = "online" | "away";
/** By person id; somebody who is not in it is absent. */
export type PresenceMap = Readonly<Record<string, Present>>;

const NOBODY: PresenceMap = {};
const presence = new Store<Readonly<Record<string, PresenceMap>>>({});
const listeners = new Set<(message: Ephemeral) => void>();

/** Called by the live wiring for every ephemeral message. */
export function hearEphemeral(message: Ephemeral): void {
  if (message.kind === "presence") hearPresence(message);
  for (const listener of listeners) listener(message);
}

export function forgetPresence(): void {
  presence.set({});
}

function hearPresence({ scope, data }: Ephemeral): void {
  if (!isPresence(data)) return;
  const next: Record<string, Present> = data.whole ? {} : { ...presence.get()[scope] };
  for (const [person, state] of Object.entries(data.people)) {
    if (state === "online" || state === "away") next[person] = state;
    else delete next[person];
  }
  presence.set({ ...presence.get(), [scope]: next });
}

function isPresence(data: unknown): data is { people: Record<string, string>; whole: boolean } {
  return typeof data === "object" && data !== null && "people" in data && "whole" in data;
}

/** Who is in a workspace now. */
export function usePresence(workspaceId: string): PresenceMap {
  return useSyncExternalStore(presence.subscribe, () => presence.get()[workspaceId] ?? NOBODY);
}

/** Other ephemeral messages of a scope (typing…). */
export function useEphemeral(scope: string, kind: string, listen: (data: unknown) => void): void {
  useEffect(() => {
    const listener = (message: Ephemeral): void => {
      if (message.scope === scope && message.kind === kind) listen(message.data);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [scope, kind, listen]);
}
