/**
 * Messages on their way. Each is kept in the browser before it is shown as sending, goes once (its id is the key),
 * in order within its channel, from one tab at a time. A refusal stays, in words, with what was written.
 */
import { isProblem, NetworkFailure } from "../../../shared/api/problem";
import { Store } from "../../../shared/live/store";
import { type Message, postMessage } from "../api";
import { dropWaiting, keepWaiting, type Waiting, waitingOf } from "./store";

export interface OutboxPorts {
  post: (one: Waiting) => Promise<Message>;
  /** The server has it: it is shown from now on like any other. */
  arrived: (message: Message) => void;
  load: (user: string) => Promise<Waiting[]>;
  keep: (one: Waiting) => Promise<unknown>;
  drop: (id: string) => Promise<unknown>;
  /** Runs `act` in one tab at a time. */
  alone: (act: () => Promise<void>) => Promise<void>;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

export class Outbox {
  readonly items = new Store<readonly Waiting[]>([]);
  readonly #ports: OutboxPorts;
  readonly #going = new Set<string>();
  #user: string | null = null;
  #wait = FIRST_WAIT;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** Somebody is signed in: what they could not send before goes now. */
  async start(user: string): Promise<void> {
    if (this.#user === user) return;
    this.#user = user;
    this.items.set([]);
    const kept = await this.#ports.load(user).catch(() => []);
    if (this.#user !== user) return;
    const known = new Set(this.items.get().map((one) => one.id));
    this.items.set([...kept.filter((one) => !known.has(one.id)), ...this.items.get()]);
    this.flush();
  }

  stop(): void {
    this.#user = null;
    clearTimeout(this.#timer);
    this.items.set([]);
  }

  /** Shown at once; kept before it leaves. */
  async send(one: Waiting): Promise<void> {
    this.items.set([...this.items.get(), one]);
    await this.#ports.keep(one).catch(() => undefined); // a browser without storage still sends
    this.flush();
  }

  /** Again, after a refusal. */
  async retry(id: string): Promise<void> {
    const one = this.items.get().find((each) => each.id === id);
    if (!one) return;
    // told how many it would reach, its author sends it again: that is meant
    const meant = one.refused === "mention_needs_confirmation";
    await this.#change({ ...one, refused: null, ...(meant && { confirmed: true }) });
    this.flush();
  }

  /** Given up by its author. */
  async forget(id: string): Promise<void> {
    this.items.set(this.items.get().filter((one) => one.id !== id));
    await this.#ports.drop(id).catch(() => undefined);
  }

  /** The network is back, or something was added: try now. */
  flush(): void {
    clearTimeout(this.#timer);
    const channels = new Set(this.items.get().filter((one) => one.refused === null).map((one) => one.channel));
    for (const channel of channels) void this.#go(channel);
  }

  async #go(channel: string): Promise<void> {
    if (this.#going.has(channel)) return;
    this.#going.add(channel);
    try {
      await this.#ports.alone(async () => {
        for (let one = this.#next(channel); one; one = this.#next(channel)) if (!(await this.#sendOne(one))) return;
      });
    } finally {
      this.#going.delete(channel);
    }
  }

  #next(channel: string): Waiting | undefined {
    return this.#user === null
      ? undefined
      : this.items.get().find((one) => one.channel === channel && one.refused === null && one.user === this.#user);
  }

  /** False: the server was not reached; all wait. */
  async #sendOne(one: Waiting): Promise<boolean> {
    try {
      const message = await this.#ports.post(one);
      this.#wait = FIRST_WAIT;
      this.#ports.arrived(message);
      await this.forget(one.id);
      return true;
    } catch (error) {
      if (isRefusal(error)) {
        await this.#change({ ...one, refused: error.code });
        return true;
      }
      const asked = isProblem(error) && error.retryAfter !== null ? error.retryAfter * 1000 : 0;
      this.#timer = setTimeout(() => this.flush(), Math.max(asked, this.#wait * (0.5 + Math.random() / 2)));
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
      return false;
    }
  }

  async #change(next: Waiting): Promise<void> {
    this.items.set(this.items.get().map((one) => (one.id === next.id ? next : one)));
    await this.#ports.keep(next).catch(() => undefined);
  }
}

/** The server understood and said no: sending it again as it is would not help. */
function isRefusal(error: unknown): error is Error & { code: string } {
  if (error instanceof NetworkFailure || !isProblem(error)) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429 && error.status !== 401;
}

async function alone(act: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request("plano-outbox", act);
  else await act();
}

export function browserOutbox(arrived: (message: Message) => void): Outbox {
  return new Outbox({
    post: (one) =>
      postMessage(one.channel, {
        id: one.id,
        text: one.text,
        thread_id: one.thread,
        mentions: one.mentions.map((named) => named.id),
        ...(one.inChannel && { in_channel: true }),
        ...(one.groups && { groups: one.groups, confirmed: one.confirmed ?? false }),
      }),
    arrived,
    load: waitingOf,
    keep: keepWaiting,
    drop: dropWaiting,
    alone,
  });
}
