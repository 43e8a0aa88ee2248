/** Folders and selections as one zip; a zip as a folder. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";

export type Unpacking = Schema<"UnpackingOut">;
export const unpackingsKey = ["documents-unpackings"] as const;

/** The browser's own download: it shows the progress, pauses and goes on after a cut. */
function follow(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}

export const archiveUrl = (nodeId: string): string => new URL(`/api/v1/nodes/${nodeId}/archive`, window.location.origin).href;

export function downloadFolder(nodeId: string): void {
  follow(archiveUrl(nodeId));
}

const makeTicket = (workspace_id: string, node_ids: string[]): Promise<Schema<"TicketOut">> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/archives", { params: { path: { workspace_id } }, body: { node_ids } }));

/** Where several rows can be fetched as one zip, within a minute. */
export const ticketUrl = async (workspaceId: string, nodeIds: string[]): Promise<string> =>
  new URL((await makeTicket(workspaceId, nodeIds)).url, window.location.origin).href;

/** Several rows at once. Returns how many documents the antivirus holds back. */
export async function downloadSelection(workspaceId: string, nodeIds: string[]): Promise<number> {
  const ticket = await makeTicket(workspaceId, nodeIds);
  follow(new URL(ticket.url, window.location.origin).href);
  return ticket.left_out;
}

/** Mine, the newest first; each step comes live. */
export const unpackingsQuery = queryOptions({
  queryKey: unpackingsKey,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/unpackings", { signal }))),
});

export const startUnpacking = (node_id: string, id: string): Promise<Unpacking> =>
  answer(http.POST("/api/v1/nodes/{node_id}/unpack", { params: { path: { node_id } }, body: { id } }));
export const cancelUnpacking = (unpacking_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/unpackings/{unpacking_id}", { params: { path: { unpacking_id } } }));
