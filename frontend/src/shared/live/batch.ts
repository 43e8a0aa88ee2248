/**
 * Frames that come close together are folded together: one rendering shows them all. The first of a while is folded at
 * once; many are folded in parts, so that the page answers meanwhile.
 */
import { notifyManager } from "@tanstack/react-query";
import type { Frame } from "./frames";

const GAP = 50;
const LONGEST = 24;

export class FrameBatch {
  readonly #fold: (frame: Frame) => void;
  #waiting: Frame[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = Number.NEGATIVE_INFINITY;

  constructor(fold: (frame: Frame) => void) {
    this.#fold = fold;
  }

  push(frame: Frame): void {
    this.#waiting.push(frame);
    if (this.#timer !== undefined) return;
    if (performance.now() - this.#last >= GAP) this.flush();
    else this.#timer = setTimeout(() => this.flush(), GAP);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const began = performance.now();
    let folded = 0;
    notifyManager.batch(() => {
      for (const frame of this.#waiting) {
        this.#fold(frame);
        folded += 1;
        if (performance.now() - began > LONGEST) break;
      }
    });
    this.#waiting = this.#waiting.slice(folded);
    this.#last = performance.now();
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.flush(), 0);
  }
}
