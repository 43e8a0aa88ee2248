/** Uploads of conversations: the same queue as the library's, told to the rooms that show them. */
import { isProblem } from "../../../shared/api/problem";
import { newId } from "../../../shared/lib/ids";
import type { Uploader } from "../../../shared/library/context";
import { onTheirWay, type Progress } from "../../../shared/library/onTheirWay";
import { completeUpload, copyNode, folderOf } from "../api";
import { isKept } from "./kept";
import { type Line, lines } from "./lines";
import { addAttached, attachedJobs, dismiss, restoreUploads, resume } from "./uploads";

const STATES: Partial<Record<Line["state"], Progress["state"]>> = {
  waiting: "waiting", sending: "sending", paused: "paused", cut: "cut", lost: "lost", refused: "refused", conflict: "refused",
};

function tell(): void {
  const mine = new Set(attachedJobs());
  const told = new Map<string, Progress>();
  for (const { id, state, sent, size, code } of lines.get()) {
    const shown = STATES[state];
    if (shown && mine.has(id)) told.set(id, { state: shown, sent, size, code });
  }
  if (told.size > 0 || onTheirWay.get().size > 0) onTheirWay.set(told);
}
lines.subscribe(tell);

export const uploader: Uploader = {
  restore: async (userId) => {
    await restoreUploads(userId);
    const mine = new Set(attachedJobs());
    for (const line of lines.get()) if (mine.has(line.id) && line.state === "paused") resume(line.id);
    tell();
  },
  attach: (userId, workspaceId, channelId, files) => {
    const ids = addAttached(userId, workspaceId, channelId, files);
    return files.map((file, at) => ({ id: ids[at] ?? "", name: file.name, size: file.size, type: file.type, node: null }));
  },
  retry: resume,
  drop: dismiss,
  ask: async (uploadId, size) => {
    if (await isKept(uploadId)) return "waiting";
    try {
      const { node } = await completeUpload(`/api/v1/uploads/${uploadId}`, size);
      return node === null ? "gone" : { node };
    } catch (error) {
      return isProblem(error) && error.status === 404 ? "gone" : "waiting"; // forgotten: the file is chosen again
    }
  },
};

/** A copy for the people of a conversation, in its folder. */
export async function copyTo(channelId: string, nodeId: string): Promise<string> {
  await folderOf(channelId);
  return (await copyNode(nodeId, newId(), { parent_id: channelId })).id;
}
