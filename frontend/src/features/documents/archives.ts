/** Folders and selections as one zip. */
import { answer, http } from "../../shared/api/client";

/** The browser's own download: it shows the progress, pauses and goes on after a cut. */
function follow(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = "";
  link.click();
}

export function downloadFolder(nodeId: string): void {
  follow(new URL(`/api/v1/nodes/${nodeId}/archive`, window.location.origin).href);
}

/** Several rows at once. Returns how many documents the antivirus holds back. */
export async function downloadSelection(workspace_id: string, node_ids: string[]): Promise<number> {
  const ticket = await answer(http.POST("/api/v1/workspaces/{workspace_id}/archives", { params: { path: { workspace_id } }, body: { node_ids } }));
  follow(new URL(ticket.url, window.location.origin).href);
  return ticket.left_out;
}
