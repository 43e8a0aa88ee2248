/** Who speaks, from levels: quick to notice, slow to forget, so that rings do not flicker between words. */
const LOUD = 0.03;
const RISES = 2;
const HOLD = 800;

export class Speaking {
  readonly #loud = new Map<string, number>();
  readonly #until = new Map<string, number>();
  #speaking: ReadonlySet<string> = new Set();

  /** One look at all levels; returns the same set while nothing changed. */
  hear(levels: ReadonlyMap<string, number>, now: number): ReadonlySet<string> {
    for (const [id, level] of levels) {
      const rises = level >= LOUD ? (this.#loud.get(id) ?? 0) + 1 : 0;
      this.#loud.set(id, rises);
      if (rises >= RISES) this.#until.set(id, now + HOLD);
    }
    for (const [id, until] of this.#until) if (until <= now || !levels.has(id)) this.#until.delete(id);
    const next = new Set(this.#until.keys());
    const same = next.size === this.#speaking.size && [...next].every((id) => this.#speaking.has(id));
    if (!same) this.#speaking = next;
    return this.#speaking;
  }
}
