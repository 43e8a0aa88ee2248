/** The list of uploads as the page shows it. Thousands change in a minute: the page hears of it a few times a second. */
import { Store } from "../../../shared/live/store";
import type { Node } from "../api";

export type UploadState = "waiting" | "sending" | "paused" | "cut" | "conflict" | "done" | "skipped" | "refused" | "lost";

export interface Line {
  readonly id: string;
  readonly kind: "file" | "folder";
  readonly workspaceId: string;
  readonly folder: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly state: UploadState;
  /** Why it was refused or stopped: a code of the server. */
  readonly code: string | null;
  /** When it was cut. */
  readonly at: number | null;
  /** What has the name already, or is newer. */
  readonly other: Node | null;
  /** The folder above it whose name is taken, by its path; null: its own name. */
  readonly blocked: string | null;
  readonly speed: number;
  /** What became of it. */
  readonly outcome: "new" | "version" | "beside" | null;
  /** Dropped together, or while others were on their way: one progress. */
  readonly batch: number;
}

const PAUSE = 150;
const byId = new Map<string, Line>();
let timer = 0;

export const lines = new Store<readonly Line[]>([]);

function publish(): void {
  timer ||= window.setTimeout(() => {
    timer = 0;
    lines.set([...byId.values()]);
  }, PAUSE);
}

export const lineOf = (id: string): Line | undefined => byId.get(id);
export const everyLine = (): IterableIterator<Line> => byId.values();

export function addLines(fresh: Iterable<Line>): void {
  for (const line of fresh) byId.set(line.id, line);
  publish();
}

export function change(id: string, fields: Partial<Line>): void {
  const line = byId.get(id);
  if (!line) return;
  byId.set(id, { ...line, ...fields });
  publish();
}

export function removeLine(id: string): void {
  byId.delete(id);
  publish();
}
