/** All uploads of a place in a few numbers. */
import type { Line } from "./lines";

export interface Summary {
  active: number;
  stopped: number;
  done: number;
  versions: number;
  beside: number;
  skipped: number;
  refused: number;
  /** Chosen again, or answered, by the person. */
  lost: number;
  conflicts: number;
  /** Refused because the workspace is full. */
  full: number;
  /** Of what was dropped together and is not all there yet. */
  whole: { files: number; filesDone: number; bytes: number; bytesDone: number; weight: number; weightDone: number };
}

/** A file of nothing takes time too: about that of so many bytes. */
const EACH = 60_000;

export function summaryOf(lines: readonly Line[]): Summary {
  const whole = { files: 0, filesDone: 0, bytes: 0, bytesDone: 0, weight: 0, weightDone: 0 };
  const found: Summary = {
    active: 0, stopped: 0, done: 0, versions: 0, beside: 0, skipped: 0, refused: 0, lost: 0, conflicts: 0, full: 0, whole,
  };
  let latest = 0;
  for (const line of lines) latest = Math.max(latest, line.batch);
  for (const line of lines) {
    count(found, line);
    if (line.batch !== latest) continue;
    const ended = line.state === "done" || line.state === "skipped" || line.state === "refused";
    whole.files += 1;
    whole.bytes += line.size;
    whole.weight += line.size + EACH;
    if (ended) whole.filesDone += 1;
    whole.bytesDone += ended ? line.size : line.sent;
    whole.weightDone += ended ? line.size + EACH : line.sent;
  }
  return found;
}

function count(found: Summary, line: Line): void {
  switch (line.state) {
    case "waiting":
    case "sending":
      found.active += 1;
      break;
    case "paused":
    case "cut":
      found.stopped += 1;
      break;
    case "conflict":
      found.conflicts += 1;
      break;
    case "lost":
      found.lost += 1;
      break;
    case "skipped":
      found.skipped += 1;
      break;
    case "refused":
      found.refused += 1;
      if (line.code === "quota_exceeded") found.full += 1;
      break;
    case "done":
      found.done += 1;
      if (line.outcome === "version") found.versions += 1;
      if (line.outcome === "beside") found.beside += 1;
      break;
  }
}

/** Seconds that are left, by the pace of the last ones; null while there is none. */
export class Pace {
  private readonly marks: { at: number; weight: number }[] = [];

  left(weightDone: number, weight: number, at: number): number | null {
    const last = this.marks.at(-1);
    if (last && weightDone < last.weight) this.marks.length = 0;
    if (!last || at - last.at >= 500) this.marks.push({ at, weight: weightDone });
    while (this.marks.length > 2 && at - (this.marks[0]?.at ?? at) > 15_000) this.marks.shift();
    const first = this.marks[0];
    if (!first || at - first.at < 1500 || weightDone <= first.weight) return null;
    return ((weight - weightDone) * (at - first.at)) / (weightDone - first.weight) / 1000;
  }
}
