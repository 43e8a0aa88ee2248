/**
 * Which layer of a picture to receive. The server does nothing for a slow receiver: the page steps down by itself,
 * sound first, and tries again after a clean while.
 */
export const OFF = -1;
const TALL = 400;
const MIDDLE = 200;

/** By the height at which it is shown. */
export function layerFor(height: number): number {
  if (height <= 0) return OFF;
  if (height <= MIDDLE) return 0;
  return height <= TALL ? 1 : 2;
}

export interface Look {
  /** Share of packets lost since the last look, 0 to 1. */
  loss: number;
  /** Time that pictures stood still since the last look, in seconds. */
  frozen: number;
}

const BAD_LOOKS = 3;
const CLEAN_LOOKS = 15;

/** One look a second; answers how many layers to stay below what the size asks for. */
export class Patience {
  #bad = 0;
  #clean = 0;
  #below = 0;

  look({ loss, frozen }: Look): number {
    const bad = loss > 0.05 || frozen > 0.5;
    this.#bad = bad ? this.#bad + 1 : 0;
    this.#clean = bad ? 0 : this.#clean + 1;
    if (this.#bad >= BAD_LOOKS && this.#below < 3) {
      this.#below += 1;
      this.#bad = 0;
    } else if (this.#clean >= CLEAN_LOOKS && this.#below > 0) {
      this.#below -= 1;
      this.#clean = 0;
    }
    return this.#below;
  }
}

/** What to ask for: never under the smallest layer, until even that does not pass. */
export function wanted(height: number, below: number): number {
  const layer = layerFor(height);
  if (layer === OFF) return OFF;
  return below >= 3 ? OFF : Math.max(0, layer - below);
}

/** What arrived on each line so far. */
export type Seen = Map<string, { packets: number; lost: number; frozen: number }>;

export function lookAt(reports: RTCStatsReport[]): Seen {
  const seen: Seen = new Map();
  reports.forEach((report, index) => {
    report.forEach((entry: Record<string, unknown>) => {
      if (entry["type"] !== "inbound-rtp") return;
      seen.set(`${index} ${String(entry["id"])}`, {
        packets: Number(entry["packetsReceived"] ?? 0),
        lost: Number(entry["packetsLost"] ?? 0),
        frozen: Number(entry["totalFreezesDuration"] ?? 0),
      });
    });
  });
  return seen;
}

/** The loss over all lines, and the longest standstill of one. A line that is new says nothing yet. */
export function changed(before: Seen, now: Seen): Look {
  let packets = 0;
  let lost = 0;
  let frozen = 0;
  for (const [line, at] of now) {
    const was = before.get(line);
    if (!was) continue;
    packets += Math.max(0, at.packets - was.packets);
    lost += Math.max(0, at.lost - was.lost);
    frozen = Math.max(frozen, at.frozen - was.frozen);
  }
  return { loss: packets + lost > 20 ? lost / (packets + lost) : 0, frozen };
}
