/** What the live socket says (contract.md), typed by the generated schema. */
import type { QueryClient } from "@tanstack/react-query";
import type { Schema } from "../api/client";

export type LiveKinds = Schema<"LiveKinds">;
export type Kind = keyof LiveKinds;
/** What a `removed` frame says: which thing, and what held it. */
export interface Removed {
  id: string;
  parent_id: string | null;
}

export type Frame = {
  [K in Kind]:
    | { type: "frame"; scope: string; seq: number; kind: K; op: "changed"; data: LiveKinds[K] }
    | { type: "frame"; scope: string; seq: number; kind: K; op: "removed"; data: Removed };
}[Kind];

export interface Ephemeral {
  type: "ephemeral";
  scope: string;
  kind: string;
  data: unknown;
}

export type ServerMessage =
  | Frame
  | Ephemeral
  | { type: "reset"; scope: string }
  | { type: "ready"; cursors: Record<string, number> }
  | { type: "pong" };

/** How one kind is folded into the query cache: pure, safe to repeat, ordered by `version`. */
export interface Fold<K extends Kind> {
  changed?: (cache: QueryClient, data: LiveKinds[K]) => void;
  removed?: (cache: QueryClient, data: Removed) => void;
}
/** The folds of a feature: `export const folds = { "chat.message": {…} } satisfies Folds<"chat.message">`. */
export type Folds<K extends Kind = Kind> = { [Name in K]?: Fold<Name> };

export function parseMessage(text: string): ServerMessage | null {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null || !("type" in body)) return null;
    return body as ServerMessage; // the edge: the server's frames are the schema's
  } catch {
    return null;
  }
}
