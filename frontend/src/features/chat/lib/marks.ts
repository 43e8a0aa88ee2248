/** How far one has read, told to the server until it has heard it: what was read without a network is read everywhere. */
import { isProblem } from "../../../shared/api/problem";
import type { Mark } from "../api";

export class Marks {
  readonly #owed = new Map<string, number>();
  readonly #tell: (channel: string, seq: number) => Promise<Mark>;

  constructor(tell: (channel: string, seq: number) => Promise<Mark>) {
    this.#tell = tell;
  }

  /** Null: not now; it is said again when the server is back. */
  async say(channel: string, seq: number): Promise<Mark | null> {
    this.#owed.set(channel, seq);
    try {
      const mark = await this.#tell(channel, seq);
      this.#done(channel, seq);
      return mark;
    } catch (error) {
      if (isProblem(error) && error.status < 500 && error.status !== 429 && error.status !== 401) this.#done(channel, seq);
      return null;
    }
  }

  /** Marked as unread since, or by another person. */
  forget(channel?: string): void {
    if (channel === undefined) this.#owed.clear();
    else this.#owed.delete(channel);
  }

  /** All that the server has not heard. */
  sayAgain(heard: (mark: Mark) => void): void {
    for (const [channel, seq] of this.#owed) void this.say(channel, seq).then((mark) => mark && heard(mark));
  }

  #done(channel: string, seq: number): void {
    if (this.#owed.get(channel) === seq) this.#owed.delete(channel);
  }
}
