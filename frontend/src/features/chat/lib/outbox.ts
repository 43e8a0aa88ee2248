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
  /** Runs `act` for a channel in one tab at a time. */
  alone: (channel: string, act: () => Promise<void>) => Promise<void>;
  /** Tells the other tabs that what is kept has changed; and hears it from them. */
  say: () => void;
  hear: (changed: () => void) => () => void;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const LONGEST_POST = 30_000;

export class Outbox {
  readonly items = new Store<readonly Waiting[]>([]);
  /** The server could not be reached, and has not been since. */
  readonly stuck = new Store(false);
  readonly #ports: OutboxPorts;
  readonly #going = new Set<string>();
  /** Something was added to a channel while what went before it was ending. */
  readonly #again = new Set<string>();
  /** What the browser has not written down: not yet, or it cannot. */
  readonly #unkept = new Set<string>();
  #deaf: () => void = () => undefined;
  #user: string | null = null;
  #wait = FIRST_WAIT;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer rings: one for all channels, the earliest that one of them asked for. */
  #due = Number.POSITIVE_INFINITY;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** Somebody is signed in: what they could not send before goes now. */
  async start(user: string): Promise<void> {
    if (this.#user === user) return;
    this.#user = user;
    this.items.set([]);
    this.#deaf();
    this.#deaf = this.#ports.hear(() => void this.#readAgain().then(() => this.flush()));
    await this.#readAgain();
    if (this.#user === user) this.flush();
  }

  stop(): void {
    this.#user = null;
    this.#deaf();
    this.#noTimer();
    this.#unkept.clear();
    this.stuck.set(false);
    this.items.set([]);
  }

  /** Shown at once; kept before it leaves. */
  async send(given: Waiting): Promise<void> {
    const last = this.items.get().at(-1);
    const one = { ...given, at: Math.max(given.at, (last?.at ?? 0) + 1) }; // in order, also when the clock goes back
    this.#unkept.add(one.id);
    this.items.set([...this.items.get(), one]);
    await this.#keep(one); // a browser without storage still sends
    this.flush();
  }

  /** Again, after a refusal. */
  async retry(id: string): Promise<void> {
    const one = this.items.get().find((each) => each.id === id);
    if (!one) return;
    // told how many it would reach, its author sends it again: that is meant
    const meant = one.refused === "mention_needs_confirmation";
    // told that it may not disturb, it goes as any other
    const calm = one.refused !== null && refusesUrgency(one.refused);
    await this.#change({ ...one, refused: null, ...(meant && { confirmed: true }), ...(calm && { urgent: false }) });
    this.flush();
  }

  /** Given up by its author. */
  async forget(id: string): Promise<void> {
    this.#unkept.delete(id);
    this.items.set(this.items.get().filter((one) => one.id !== id));
    await this.#ports.drop(id).catch(() => undefined);
    this.#ports.say();
  }

  /** A file that a message waits for has become a document. */
  async landed(uploadId: string, node: string): Promise<void> {
    for (const one of this.items.get()) {
      if (!one.files?.some(({ id }) => id === uploadId)) continue;
      await this.#change({ ...one, files: one.files.map((file) => (file.id === uploadId ? { ...file, node } : file)) });
    }
    this.flush();
  }

  /** A file will not come: the message says so, and lets the others go. */
  async failed(uploadId: string, code: string): Promise<void> {
    for (const one of this.items.get()) {
      if (one.refused !== null || !one.files?.some(({ id, node }) => id === uploadId && node === null)) continue;
      await this.#change({ ...one, refused: code });
    }
    this.flush();
  }

  /** The network is back, or something was added: try now. */
  flush(): void {
    this.#noTimer();
    const channels = new Set(this.items.get().filter((one) => one.refused === null).map((one) => one.channel));
    for (const channel of channels) void this.#go(channel);
  }

  async #go(channel: string): Promise<void> {
    if (this.#going.has(channel)) {
      this.#again.add(channel);
      return;
    }
    this.#going.add(channel);
    let reached = true;
    try {
      await this.#ports.alone(channel, async () => {
        this.#again.delete(channel);
        for (let one = await this.#next(channel); one; one = reached ? await this.#next(channel) : undefined) {
          reached = await this.#sendOne(one);
        }
      });
    } finally {
      this.#going.delete(channel);
      // what came between the last look and the end would wait for another message
      if (this.#again.delete(channel) && reached) void this.#go(channel);
    }
  }

  /** What is kept counts, not what this tab remembers: another may have sent it, or given it up. */
  async #next(channel: string): Promise<Waiting | undefined> {
    await this.#readAgain();
    if (this.#user === null) return undefined;
    const first = this.items.get().find((one) => one.channel === channel && one.refused === null && one.user === this.#user);
    // its files first: what was said after it waits with it
    return first?.files?.some(({ node }) => node === null) ? undefined : first;
  }

  async #readAgain(): Promise<void> {
    const user = this.#user;
    if (user === null) return;
    const kept = await this.#ports.load(user).catch(() => null);
    if (kept === null || this.#user !== user) return;
    const known = new Set(kept.map((one) => one.id));
    const held = this.items.get();
    // what is just being written down is newer here than there
    const newer = new Map(held.filter((one) => this.#unkept.has(one.id)).map((one) => [one.id, one]));
    const next = [...kept.map((one) => newer.get(one.id) ?? one), ...[...newer.values()].filter((one) => !known.has(one.id))].sort(inOrder);
    const same = next.length === held.length && next.every((one, index) => saysTheSame(one, held[index]));
    if (!same) this.items.set(next);
  }

  /** False: the server was not reached; all wait. */
  async #sendOne(one: Waiting): Promise<boolean> {
    try {
      const message = await this.#ports.post(one);
      this.#wait = FIRST_WAIT;
      this.#reached(true);
      this.#ports.arrived(message);
      await this.forget(one.id);
      return true;
    } catch (error) {
      if (isRefusal(error)) {
        this.#reached(true);
        await this.#change({ ...one, refused: error.code });
        return true;
      }
      this.#reached(false);
      const asked = isProblem(error) && error.retryAfter !== null ? error.retryAfter * 1000 : 0;
      this.#tryAgainIn(Math.max(asked, this.#wait * (0.5 + Math.random() / 2)));
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
      return false;
    }
  }

  #tryAgainIn(wait: number): void {
    const due = Date.now() + wait;
    if (this.#user === null || due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #noTimer(): void {
    clearTimeout(this.#timer);
    this.#due = Number.POSITIVE_INFINITY;
  }

  async #change(next: Waiting): Promise<void> {
    if (this.#user !== next.user) return; // signed out meanwhile: nothing of theirs is kept again
    this.items.set(this.items.get().map((one) => (one.id === next.id ? next : one)));
    await this.#keep(next);
  }

  async #keep(one: Waiting): Promise<void> {
    this.#unkept.add(one.id);
    try {
      await this.#ports.keep(one);
      if (this.items.get().every((each) => each.id !== one.id || each === one)) this.#unkept.delete(one.id);
      this.#ports.say();
    } catch {
      // it stays among those that are not written down
    }
  }

  #reached(is: boolean): void {
    if (this.stuck.get() === is) this.stuck.set(!is);
  }
}

/** The server understood and said no: sending it again as it is would not help. */
function isRefusal(error: unknown): error is Error & { code: string } {
  if (error instanceof NetworkFailure || !isProblem(error)) return false;
  if (refusesUrgency(error.code)) return true;
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429 && error.status !== 401;
}

/** Not the message is refused, but that it disturbs: no more of them today, not here, not for so many. */
export const refusesUrgency = (code: string): boolean => code.startsWith("urgent_");

/** Also its files: another tab may have brought one here. */
const saysTheSame = (one: Waiting, other: Waiting | undefined): boolean =>
  one.id === other?.id && one.refused === other.refused && nodesOf(one) === nodesOf(other);
const nodesOf = ({ files = [] }: Waiting): string => files.map(({ node }) => node ?? "").join();

export function inOrder(a: Waiting, b: Waiting): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

async function alone(channel: string, act: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request(`plano-outbox ${channel}`, act);
  else await act();
}

/** A network that swallows what it is given answers neither yes nor no: sending the same again is harmless. */
async function inTime<T>(going: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NetworkFailure(new Error("no answer in time"))), LONGEST_POST);
  });
  try {
    return await Promise.race([going, late]);
  } finally {
    clearTimeout(timer);
  }
}

function otherTabs(): Pick<OutboxPorts, "say" | "hear"> {
  if (!("BroadcastChannel" in globalThis)) return { say: () => undefined, hear: () => () => undefined };
  const tabs = new BroadcastChannel("plano-outbox");
  return {
    say: () => tabs.postMessage("changed"),
    hear: (changed) => {
      tabs.onmessage = changed;
      return () => {
        tabs.onmessage = null;
      };
    },
  };
}

export function browserOutbox(arrived: (message: Message) => void): Outbox {
  return new Outbox({
    post: (one) =>
      inTime(postMessage(one.channel, {
        id: one.id,
        text: one.text,
        thread_id: one.thread,
        mentions: one.mentions.map((named) => named.id),
        ...(one.files && { files: one.files.flatMap(({ node }) => (node === null ? [] : [node])) }),
        ...(one.inChannel && { in_channel: true }),
        ...(one.urgent && { urgent: true }),
        ...(one.groups && { groups: one.groups, confirmed: one.confirmed ?? false }),
      })),
    arrived,
    load: waitingOf,
    keep: keepWaiting,
    drop: dropWaiting,
    alone,
    ...otherTabs(),
  });
}
