/**
 * Files that are put into a conversation and on their way to the library. The library tells what becomes of them here;
 * the conversation, which holds their ids, listens. Neither knows the other.
 */
import { Store } from "../live/store";

/** A file of a message or draft: on its way under `id`, and once it is there the document `node`. */
export interface Attached {
  id: string;
  name: string;
  size: number;
  type: string;
  node: string | null;
  /** Picked in the library: taken off, it stays where it is. */
  picked?: boolean;
}

export interface Progress {
  state: "waiting" | "sending" | "paused" | "cut" | "lost" | "refused";
  sent: number;
  size: number;
  code: string | null;
}

export const onTheirWay = new Store<ReadonlyMap<string, Progress>>(new Map());

type Landed = (uploadId: string, nodeId: string) => void;
const listeners = new Set<Landed>();

/** Calls back for each file that has become a document. */
export function onLanded(listener: Landed): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellLanded(uploadId: string, nodeId: string): void {
  for (const listener of listeners) listener(uploadId, nodeId);
}
