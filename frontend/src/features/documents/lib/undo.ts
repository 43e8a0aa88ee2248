/** What can be taken back, the latest first: by the word under the list, or by Ctrl+Z. */
import { toast } from "../../../shared/ui/toast";

interface Step {
  workspaceId: string;
  back: () => Promise<unknown>;
}

const KEPT = 20;
let steps: Step[] = [];

let acting: Promise<unknown> = Promise.resolve();

/** An act that is under way: whoever wants it taken back meanwhile means this one. */
export function whileActing<T>(act: Promise<T>): Promise<T> {
  acting = act.catch(() => undefined);
  return act;
}

/** Says what is done and how to take it back. */
export function offerUndo(message: string, workspaceId: string, back: () => Promise<unknown>): void {
  const step = { workspaceId, back };
  steps = [...steps, step].slice(-KEPT);
  toast(message, { undo: () => void run(step) });
}

/** Takes the latest act in a workspace back; false when there is none. */
export async function undoLast(workspaceId: string): Promise<boolean> {
  await acting;
  const step = steps.findLast((one) => one.workspaceId === workspaceId);
  if (!step) return false;
  await run(step);
  return true;
}

/** Once, whichever way it was asked for. */
async function run(step: Step): Promise<void> {
  if (!steps.includes(step)) return;
  steps = steps.filter((one) => one !== step);
  await step.back();
}
