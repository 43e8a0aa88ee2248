/** From talk to work (E10): what can be made of a message. Given by app/, which knows all rooms; used by Discussions. */
import { createContext, useContext } from "react";

/** A message, as much of it as is needed to make something of it. */
export interface Said {
  id: string;
  channelId: string;
  author: string;
  at: string;
  text: string;
  people: readonly string[];
}

export interface Work {
  /** Null where this person may not. */
  task: ((said: Said) => void) | null;
  event: ((said: Said) => void) | null;
  decision: ((said: Said) => void) | null;
}

export const WorkContext = createContext<Work>({ task: null, event: null, decision: null });

export function useWork(): Work {
  return useContext(WorkContext);
}
