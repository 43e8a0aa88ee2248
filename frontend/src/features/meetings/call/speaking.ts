/** Who speaks, from levels: quick to notice, slow to forget, so that rings do not flicker between words. */
export interface Ear {
  loud: number;
  /** How many looks in a row make a voice. */
  rises: number;
  /** How long a voice lasts after its last sound, in milliseconds. */
  hold: number;
}

const USUAL: Ear = { loud: 0.03, rises: 2, hold: 800 };

export class Speaking {
  readonly #loud = new Map<string, number>();
  readonly #until = new Map<string, number>();
  readonly #ear: Ear;
  #speaking: ReadonlySet<string> = new Set();

  constructor(ear: Ear = USUAL) {
    this.#ear = ear;
  }

  /** One look at all levels; returns the same set while nothing changed. */
  hear(levels: ReadonlyMap<string, number>, now: number): ReadonlySet<string> {
    for (const [id, level] of levels) {
      const rises = level >= this.#ear.loud ? (this.#loud.get(id) ?? 0) + 1 : 0;
      this.#loud.set(id, rises);
      if (rises >= this.#ear.rises) this.#until.set(id, now + this.#ear.hold);
    }
    for (const [id, until] of this.#until) if (until <= now || !levels.has(id)) this.#until.delete(id);
    const next = new Set(this.#until.keys());
    const same = next.size === this.#speaking.size && [...next].every((id) => this.#speaking.has(id));
    if (!same) this.#speaking = next;
    return this.#speaking;
  }
}
