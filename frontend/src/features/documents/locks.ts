/** Locks: the requests, and what a lock means to whoever looks. */
import { answer, http, type Schema } from "../../shared/api/client";
import type { Node, NodeForMe } from "./api";

export type Lock = Schema<"LockOut">;

const at = (node_id: string): { path: { node_id: string } } => ({ path: { node_id } });

export const lockNode = (id: string, reason: string, minutes: number): Promise<NodeForMe> =>
  answer(http.POST("/api/v1/nodes/{node_id}/lock", { params: at(id), body: { reason, minutes } }));

/** Mine; for a manager, that of another, who is told. */
export const unlockNode = (id: string): Promise<NodeForMe> => answer(http.DELETE("/api/v1/nodes/{node_id}/lock", { params: at(id) }));

/** The lock that holds at this moment: one whose time is over is nobody's, even before the server says so. */
export function lockOf(node: Node, now: number = Date.now()): Lock | null {
  return node.lock !== null && Date.parse(node.lock.until) > now ? node.lock : null;
}
