/**
 * The client of `/api/v1/stream`. Two states matter to people: live, and not. A cursor per scope survives the
 * connection, so that the server sends what was missed; a gap, a silence or a cut all end in a new connection.
 */
import { type Frame, parseMessage, type ServerMessage } from "./frames";

/** The part of WebSocket that is used: tests put their own here, at the edge of the network. */
export interface Transport {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  onFrame(frame: Frame): void;
  onEphemeral(message: { scope: string; kind: string; data: unknown }): void;
  /** What the cache holds of this scope may be old; null: of everything. */
  onReset(scope: string | null): void;
  onState(state: LiveState): void;
  onSessionEnded(): void;
}

export interface LiveState {
  live: boolean;
  /** Attempts that failed since it was last live. */
  failures: number;
}

const SIGNED_OUT = 4401;
const TIMES = { ping: 25_000, pong: 10_000, connect: 15_000, first: 500, longest: 30_000 };

export class LiveSocket {
  readonly #connect: () => Transport;
  readonly #events: SocketEvents;
  readonly #cursors = new Map<string, number>();
  #transport: Transport | null = null;
  #state: LiveState = { live: false, failures: 0 };
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;
  #presence: "online" | "away" | "hidden" = "online";

  constructor(connect: () => Transport, events: SocketEvents) {
    this.#connect = connect;
    this.#events = events;
  }

  start(): void {
    this.#stopped = false;
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#drop();
    this.#cursors.clear();
    this.#set({ live: false, failures: 0 });
  }

  /** The network is back, or somebody looks at the page again: do not wait for the next attempt. */
  retryNow(): void {
    if (this.#stopped) return;
    if (this.#state.live) this.#ping();
    else if (this.#transport === null) this.#open();
  }

  sayPresence(state: "online" | "away" | "hidden"): void {
    if (state === this.#presence) return;
    this.#presence = state;
    if (this.#state.live) this.#say({ type: "presence", state });
  }

  #open(): void {
    clearTimeout(this.#retry);
    this.#drop();
    const transport = this.#connect();
    this.#transport = transport;
    this.#expect(TIMES.connect);
    transport.onopen = () => this.#say({ type: "hello", cursors: Object.fromEntries(this.#cursors) });
    transport.onmessage = ({ data }) => {
      const message = typeof data === "string" ? parseMessage(data) : null;
      if (message) this.#hear(message);
    };
    transport.onclose = ({ code }) => {
      if (this.#transport === transport) this.#lost(code);
    };
  }

  #hear(message: ServerMessage): void {
    if (this.#state.live) this.#expectPing();
    switch (message.type) {
      case "frame":
        this.#frame(message);
        return;
      case "ephemeral":
        this.#events.onEphemeral(message);
        return;
      case "reset":
        this.#cursors.delete(message.scope);
        this.#events.onReset(message.scope);
        return;
      case "ready":
        this.#ready(message.cursors);
        return;
      case "pong":
        return;
    }
  }

  #frame(frame: Frame): void {
    const known = this.#cursors.get(frame.scope);
    if (known !== undefined && frame.seq <= known) return;
    if (known !== undefined && frame.seq > known + 1) {
      this.#lost(0);
      return;
    }
    this.#cursors.set(frame.scope, frame.seq);
    this.#events.onFrame(frame);
  }

  #ready(cursors: Record<string, number>): void {
    let unseen = false;
    for (const [scope, seq] of Object.entries(cursors)) {
      const known = this.#cursors.get(scope);
      unseen ||= known === undefined;
      if (known === undefined || seq > known) this.#cursors.set(scope, seq);
    }
    const first = !this.#state.live;
    this.#set({ live: true, failures: 0 });
    this.#expectPing();
    if (first && this.#presence !== "online") this.#say({ type: "presence", state: this.#presence });
    // What was fetched before this number is known may lack what happened in between.
    if (unseen) this.#events.onReset(null);
  }

  #lost(code: number): void {
    this.#drop();
    if (code === SIGNED_OUT) {
      this.#stopped = true;
      this.#set({ live: false, failures: 0 });
      this.#events.onSessionEnded();
      return;
    }
    if (this.#stopped) return;
    const failures = this.#state.live ? 1 : this.#state.failures + 1;
    this.#set({ live: false, failures });
    this.#retry = setTimeout(() => this.#open(), delayBefore(failures));
  }

  #drop(): void {
    clearTimeout(this.#silence);
    const transport = this.#transport;
    this.#transport = null;
    if (!transport) return;
    transport.onopen = transport.onmessage = transport.onclose = null;
    transport.close();
  }

  #say(message: object): void {
    this.#transport?.send(JSON.stringify(message));
  }

  #expect(within: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(0), within);
  }

  #expectPing(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#ping(), TIMES.ping);
  }

  #ping(): void {
    this.#say({ type: "ping" });
    this.#expect(TIMES.pong);
  }

  #set(state: LiveState): void {
    if (state.live === this.#state.live && state.failures === this.#state.failures) return;
    this.#state = state;
    this.#events.onState(state);
  }
}

/** Doubles up to 30 s, with half of it at random so that a restart does not bring everybody at once. */
export function delayBefore(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(TIMES.longest, TIMES.first * 2 ** (attempt - 1));
  return whole / 2 + (whole / 2) * random();
}
