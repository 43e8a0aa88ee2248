/**
 * A call from the first word to the gate to the last: connected → reconnecting → again as the same participant, or
 * as a new one when the gate has forgotten us → failed, with the way to try again. Owns its media; knows no React.
 */
import { Store } from "../../../shared/live/store";
import type { LocalMedia } from "./local";
import { changed, lookAt, Patience, type Seen, wanted } from "./quality";
import { P2pTransport } from "./p2p";
import { SfuTransport } from "./sfu";
import { Speaking } from "./speaking";
import type { CallTransport, GateMessage, Incoming, Participant, Source, TransportEvents } from "./types";

export type Ending = "left" | "ended" | "removed" | "access_lost" | "signed_out" | "replaced" | "full" | "failed";
export type Phase = "connecting" | "connected" | "reconnecting" | "over";

export interface CallState {
  phase: Phase;
  ending: Ending | null;
  mode: "sfu" | "p2p";
  me: string;
  participants: readonly Participant[];
  incoming: ReadonlyMap<string, Incoming>;
  speaking: ReadonlySet<string>;
  shared: MediaStream | null;
  /** What the network lets through: pictures as large as they are shown, smaller ones, or only sound. */
  quality: "good" | "weak" | "sound_only";
  /** A moderator switched the microphone off. */
  muted: boolean;
  /** One speaks, and the microphone is off. */
  unheard: boolean;
}

/** The part of WebSocket that is used. */
export interface Line {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface CallPorts {
  /** A grant to connect; throws the API's problems. */
  join(resume: string | null): Promise<{ token: string; mode: "sfu" | "p2p" }>;
  line(): Line;
  /** Why a grant was refused, or null when it is worth another try. */
  refusal(error: unknown): Ending | null;
}

const CODES: Record<number, Ending> = { 4403: "removed", 4409: "replaced", 4410: "ended" };
const REASONS: Record<string, Ending> = {
  ended: "ended",
  removed: "removed",
  access_lost: "access_lost",
  signed_out: "signed_out",
  left: "replaced",
  meeting_ended: "ended",
  meeting_full: "full",
  removed_from_meeting: "removed",
};
const GIVE_UP = 60_000;
const PING = 10_000;
const SILENCE = 25_000;

export class Call {
  readonly state: Store<CallState>;
  readonly #ports: CallPorts;
  readonly #local: LocalMedia;
  readonly #speaking = new Speaking();
  /** Hears the microphone that is off. */
  readonly #alone = new Speaking({ loud: 0.15, rises: 5, hold: 3000 });
  readonly #patience = new Patience();
  #transport: CallTransport | null = null;
  #line: Line | null = null;
  #said: Ending | null = null;
  #iceServers: RTCIceServer[] = [];
  #heights = new Map<string, number>();
  #below = 0;
  #seen: Seen = new Map();
  #since = 0;
  #tries = 0;
  #heard = 0;
  #mediaReady = false;
  #well = true;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #timers: ReturnType<typeof setInterval>[] = [];

  constructor(ports: CallPorts, local: LocalMedia) {
    this.#ports = ports;
    this.#local = local;
    this.state = new Store<CallState>({
      phase: "connecting",
      ending: null,
      mode: "sfu",
      me: "",
      participants: [],
      incoming: new Map(),
      speaking: new Set(),
      shared: null,
      quality: "good",
      muted: false,
      unheard: false,
    });
  }

  start(): void {
    this.#local.onOutgoing = (outgoing) => {
      this.#transport?.send(outgoing);
      this.#sayState();
    };
    this.#timers = [
      setInterval(() => this.#listen(), 100),
      setInterval(() => void this.#look(), 1000),
      setInterval(() => this.#ping(), PING),
    ];
    this.#since = Date.now();
    void this.#connect();
  }

  leave(): void {
    this.#say({ type: "leave" });
    this.#over("left");
  }

  /** Connection lost for too long: the person asks again. */
  again(): void {
    if (this.state.get().phase !== "over" || this.state.get().ending !== "failed") return;
    this.#tries = 0;
    this.#since = Date.now();
    this.#set({ phase: "reconnecting", ending: null });
    this.start();
  }

  /** The network is back, the laptop woke up: do not wait. */
  retryNow(): void {
    if (this.state.get().phase === "reconnecting" && !this.#line) void this.#connect();
  }

  async share(): Promise<void> {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: true });
    stream.getVideoTracks()[0]?.addEventListener("ended", () => this.unshare());
    this.#set({ shared: stream });
    this.#transport?.share(stream);
    this.#sayState();
  }

  unshare(): void {
    const { shared } = this.state.get();
    if (!shared) return;
    for (const track of shared.getTracks()) track.stop();
    this.#set({ shared: null });
    this.#transport?.share(null);
    this.#sayState();
  }

  async setMicrophone(on: boolean): Promise<void> {
    this.#set({ muted: false });
    await this.#local.setMicrophone(on);
    this.#sayState();
  }

  /** How tall somebody's picture is shown now; 0 when it is not. */
  shown(participantId: string, source: Source, height: number): void {
    this.#heights.set(`${participantId} ${source}`, height);
    this.#want(participantId, source, height);
  }

  stats(): Promise<RTCStatsReport[]> {
    return this.#transport?.stats() ?? Promise.resolve([]);
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    this.#tries += 1;
    let token: string;
    try {
      ({ token } = await this.#ports.join(this.state.get().me || null));
    } catch (error) {
      const ending = this.#ports.refusal(error);
      if (ending) this.#over(ending);
      else this.#later();
      return;
    }
    if (this.state.get().phase === "over") return;
    const line = this.#ports.line();
    this.#line = line;
    this.#heard = Date.now();
    line.onopen = () => line.send(JSON.stringify({ type: "hello", token }));
    line.onmessage = ({ data }) => {
      this.#heard = Date.now();
      if (this.#line === line && typeof data === "string") this.#hear(JSON.parse(data) as GateMessage); // the edge
    };
    line.onclose = ({ code }) => {
      if (this.#line === line) this.#closed(code);
    };
  }

  #closed(code: number): void {
    this.#line = null;
    const ending = this.#said ?? CODES[code] ?? null;
    this.#said = null;
    if (ending) this.#over(ending);
    else this.#later();
  }

  #later(): void {
    if (this.state.get().phase === "over") return;
    if (this.state.get().phase === "connected") this.#since = Date.now();
    if (Date.now() - this.#since > GIVE_UP) {
      this.#over("failed");
      return;
    }
    if (this.state.get().me) this.#set({ phase: "reconnecting" });
    const wait = Math.min(4000, 300 * 2 ** Math.min(this.#tries, 5));
    this.#retry = setTimeout(() => void this.#connect(), wait / 2 + (wait / 2) * Math.random());
  }

  #hear(message: GateMessage): void {
    switch (message.type) {
      case "welcome":
        this.#welcome(message);
        return;
      case "participant":
        this.#upsert(message.participant);
        break;
      case "left":
        this.#set({ participants: this.state.get().participants.filter((one) => one.id !== message.participant_id) });
        break;
      case "media":
        this.#media(message.state);
        return;
      case "muted":
        void this.#local.setMicrophone(false);
        this.#set({ muted: true });
        return;
      case "out":
        this.#said = REASONS[message.reason] ?? "failed";
        return;
      case "refused":
        // the grant was too old or taken: another one; anything else has its own end
        if (message.code !== "grant_refused") this.#said = REASONS[message.code] ?? (message.code === "not_found" ? "access_lost" : this.#said);
        return;
      case "ice":
        this.#iceServers = message.ice_servers;
        return;
      case "pong":
        return;
      case "published":
      case "offer":
      case "trickle":
      case "hangup":
      case "signal":
        break;
    }
    this.#transport?.hear(message);
  }

  #welcome(message: Extract<GateMessage, { type: "welcome" }>): void {
    const same = message.participant_id === this.state.get().me && message.resumed && this.#transport !== null;
    const ids = message.participants.map((one) => one.id);
    this.#tries = 0;
    this.#iceServers = message.ice_servers;
    this.#set({ me: message.participant_id, mode: message.mode, participants: message.participants });
    if (same) {
      this.#transport?.resume(ids);
      this.#mediaReady = true;
    } else {
      this.#transport?.stop();
      this.#transport = this.#makeTransport(message.mode, message.participant_id);
      this.#mediaReady = message.mode === "p2p";
      if (message.ready || message.mode === "p2p") this.#startMedia(ids);
    }
    this.#sayState();
    this.#settle();
  }

  #media(state: "ready" | "lost" | "slow"): void {
    if (state === "lost") {
      this.#mediaReady = false;
      this.#transport?.stop();
      this.#settle();
    } else if (state === "ready") {
      this.#startMedia(this.state.get().participants.map((one) => one.id));
      this.#mediaReady = true;
      this.#sayState();
      this.#settle();
    }
  }

  #startMedia(ids: string[]): void {
    this.#mediaReady = true;
    this.#well = true;
    this.#transport?.send(this.#local.outgoing());
    this.#transport?.share(this.state.get().shared);
    this.#transport?.start(this.#iceServers, ids);
  }

  #makeTransport(mode: "sfu" | "p2p", me: string): CallTransport {
    const events: TransportEvents = {
      say: (message) => this.#say(message),
      incoming: (id, streams) => this.#incoming(id, streams),
      healthy: (well) => {
        this.#well = well;
        this.#settle();
      },
    };
    return mode === "sfu" ? new SfuTransport(events) : new P2pTransport(events, me);
  }

  /** Connected means: the gate answers, and what should flow can flow. */
  #settle(): void {
    if (this.state.get().phase === "over") return;
    const fine = this.#line !== null && this.#mediaReady && (this.#well || this.state.get().phase === "connecting");
    this.#set({ phase: fine ? "connected" : "reconnecting" });
  }

  #incoming(id: string, streams: Incoming): void {
    const incoming = new Map(this.state.get().incoming);
    if (streams.main || streams.screen) incoming.set(id, streams);
    else incoming.delete(id);
    this.#set({ incoming });
    for (const source of ["main", "screen"] as const) {
      const height = this.#heights.get(`${id} ${source}`);
      if (height !== undefined) this.#want(id, source, height);
    }
  }

  #upsert(participant: Participant): void {
    const { participants } = this.state.get();
    const known = participants.some((one) => one.id === participant.id);
    this.#set({
      participants: known ? participants.map((one) => (one.id === participant.id ? participant : one)) : [...participants, participant],
    });
  }

  #want(id: string, source: Source, height: number): void {
    if (source === "main") this.#transport?.want(id, source, wanted(height, this.#below));
  }

  #listen(): void {
    if (!this.#transport) return;
    const levels = this.#transport.levels();
    const { microphone } = this.#local.state.get();
    const own = this.#local.meter.level();
    levels.set(this.state.get().me, microphone ? own : 0);
    const unheard = !microphone && this.#alone.hear(new Map([["me", own]]), Date.now()).has("me");
    if (unheard !== this.state.get().unheard) this.#set({ unheard });
    const speaking = this.#speaking.hear(levels, Date.now());
    if (speaking !== this.state.get().speaking) this.#set({ speaking });
  }

  /** Once a second: what arrives, and how much of it to ask for. */
  async #look(): Promise<void> {
    const now = lookAt(await this.stats().catch(() => []));
    const below = this.#patience.look(changed(this.#seen, now));
    this.#seen = now;
    if (below === this.#below) return;
    this.#below = below;
    this.#set({ quality: below === 0 ? "good" : below < 3 ? "weak" : "sound_only" });
    for (const [key, height] of this.#heights) {
      const [id = "", source] = key.split(" ");
      this.#want(id, source === "screen" ? "screen" : "main", height);
    }
  }

  #ping(): void {
    if (!this.#line) return;
    if (Date.now() - this.#heard > SILENCE) {
      const line = this.#line;
      line.onclose = null;
      line.close();
      this.#closed(0);
    } else this.#say({ type: "ping" });
  }

  #sayState(): void {
    const { microphone, camera } = this.#local.state.get();
    this.#say({ type: "state", microphone, camera, screen: this.state.get().shared !== null });
  }

  #say(message: object): void {
    try {
      this.#line?.send(JSON.stringify(message));
    } catch {
      // not open yet, or closing: the state is said again at the next welcome
    }
  }

  #over(ending: Ending): void {
    if (this.state.get().phase === "over") return;
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#retry);
    if (ending !== "failed") this.unshare();
    this.#transport?.stop();
    this.#transport = null;
    const line = this.#line;
    this.#line = null;
    if (line) {
      line.onclose = null;
      line.close();
    }
    this.#set({ phase: "over", ending, participants: [], incoming: new Map(), speaking: new Set() });
  }

  #set(change: Partial<CallState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
