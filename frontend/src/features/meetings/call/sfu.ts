/** Through the media server: one connection that sends, one more for a shared screen, one that receives all others. */
import { sendable } from "./peer";
import type { CallTransport, GateMessage, Incoming, Outgoing, Source, StreamLine, TransportEvents } from "./types";

const RESTART_AFTER = 3000;
/** Small, middle, large: by their names the media server knows their order. */
const LAYERS: RTCRtpEncodingParameters[] = [
  { rid: "h", maxBitrate: 1_500_000 },
  { rid: "m", maxBitrate: 500_000, scaleResolutionDownBy: 2 },
  { rid: "l", maxBitrate: 150_000, scaleResolutionDownBy: 4 },
];

type OfferMessage = Extract<GateMessage, { type: "offer" }>;

/** A connection that sends one source. */
class Sender {
  readonly pc: RTCPeerConnection;
  readonly source: Source;
  readonly events: TransportEvents;
  readonly onState: () => void;
  readonly #early: (RTCIceCandidateInit | null)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #offering = false;
  closed = false;

  constructor(
    source: Source,
    iceServers: RTCIceServer[],
    events: TransportEvents,
    onState: () => void,
  ) {
    this.source = source;
    this.events = events;
    this.onState = onState;
    this.pc = new RTCPeerConnection({ iceServers });
    this.pc.onicecandidate = ({ candidate }) => {
      events.say({ type: "trickle", pc: source, candidate: sendable(candidate) });
    };
    this.pc.onconnectionstatechange = () => {
      clearTimeout(this.#timer);
      if (this.pc.connectionState === "failed") this.restart();
      if (this.pc.connectionState === "disconnected") this.#timer = setTimeout(() => this.restart(), RESTART_AFTER);
      onState();
    };
  }

  async offer(options: RTCOfferOptions = {}): Promise<void> {
    if (this.closed || this.#offering) return;
    this.#offering = true;
    try {
      await this.pc.setLocalDescription(await this.pc.createOffer(options));
      const { localDescription } = this.pc;
      if (localDescription) {
        this.events.say({ type: "publish", source: this.source, jsep: { type: "offer", sdp: localDescription.sdp } });
      }
    } finally {
      this.#offering = false;
    }
  }

  /** Another way through the network, with the same media. */
  restart(): void {
    if (this.closed) return;
    void this.offer({ iceRestart: true });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.pc.connectionState !== "connected") this.restart();
    }, RESTART_AFTER * 2);
  }

  async answered(jsep: RTCSessionDescriptionInit): Promise<void> {
    if (this.closed || this.pc.signalingState !== "have-local-offer") return;
    await this.pc.setRemoteDescription(jsep);
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
  }

  async candidate(candidate: RTCIceCandidateInit | null): Promise<void> {
    if (this.pc.remoteDescription) await this.#add(candidate);
    else this.#early.push(candidate);
  }

  async #add(candidate: RTCIceCandidateInit | null): Promise<void> {
    if (!this.closed && candidate) await this.pc.addIceCandidate(candidate).catch(() => undefined);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.#timer);
    this.pc.close();
  }
}

export class SfuTransport implements CallTransport {
  readonly #events: TransportEvents;
  #iceServers: RTCIceServer[] = [];
  #main: Sender | null = null;
  #screen: Sender | null = null;
  #receive: RTCPeerConnection | null = null;
  #renewing: ReturnType<typeof setTimeout> | undefined;
  #early: RTCIceCandidateInit[] = [];
  #lines: StreamLine[] = [];
  #incoming = new Map<string, Incoming>();
  #layers = new Map<string, number>();
  #outgoing: Outgoing = { audio: null, video: null };
  #shared: MediaStream | null = null;
  #offers: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(events: TransportEvents) {
    this.#events = events;
  }

  start(iceServers: RTCIceServer[]): void {
    this.#close();
    this.#stopped = false;
    this.#iceServers = iceServers;
    this.#publish();
    if (this.#shared) this.#publishScreen(this.#shared);
  }

  send(outgoing: Outgoing): void {
    this.#outgoing = outgoing;
    const [audio, video] = this.#main?.pc.getTransceivers() ?? [];
    void audio?.sender.replaceTrack(outgoing.audio).catch(() => undefined);
    void video?.sender.replaceTrack(outgoing.video).catch(() => undefined);
  }

  share(stream: MediaStream | null): void {
    this.#shared = stream;
    if (this.#screen) {
      this.#screen.close();
      this.#screen = null;
      this.#events.say({ type: "unpublish", source: "screen" });
    }
    if (stream && this.#main) this.#publishScreen(stream);
  }

  hear(message: GateMessage): void {
    if (message.type === "published") {
      void this.#sender(message.source)?.answered(message.jsep).catch(() => this.#renewSender(message.source));
    } else if (message.type === "offer") {
      this.#offers = this.#offers.then(() => this.#receiveOffer(message)).catch(() => this.#renewReceive());
    } else if (message.type === "trickle") {
      if (message.pc === "receive") this.#receiveCandidate(message.candidate);
      else void this.#sender(message.pc)?.candidate(message.candidate);
    } else if (message.type === "hangup" && message.pc !== "receive") this.#renewSender(message.pc);
  }

  resume(): void {
    for (const sender of [this.#main, this.#screen]) {
      if (sender && sender.pc.connectionState !== "connected") sender.restart();
    }
    if (this.#receive && this.#receive.connectionState !== "connected") this.#renewReceive();
  }

  levels(): Map<string, number> {
    const levels = new Map<string, number>();
    for (const [mid, line] of this.#byMid()) {
      if (line.kind !== "audio" || line.source !== "main") continue;
      const receiver = this.#receive?.getTransceivers().find((each) => each.mid === mid)?.receiver;
      const level = receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
      levels.set(line.participant_id, level);
    }
    return levels;
  }

  want(participantId: string, source: Source, layer: number): void {
    const line = this.#lines.find((each) => each.kind === "video" && each.participant_id === participantId && each.source === source);
    if (!line || this.#layers.get(line.mid) === layer) return;
    this.#layers.set(line.mid, layer);
    this.#events.say({ type: "layer", mid: line.mid, substream: layer });
  }

  async stats(): Promise<RTCStatsReport[]> {
    return this.#receive ? [await this.#receive.getStats()] : [];
  }

  stop(): void {
    this.#stopped = true;
    this.#close();
  }

  #publish(): void {
    const main = new Sender("main", this.#iceServers, this.#events, () => this.#tellHealth());
    this.#main = main;
    main.pc.addTransceiver("audio", { direction: "sendonly" });
    main.pc.addTransceiver("video", { direction: "sendonly", sendEncodings: LAYERS });
    this.send(this.#outgoing);
    void main.offer();
  }

  #publishScreen(stream: MediaStream): void {
    const screen = new Sender("screen", this.#iceServers, this.#events, () => undefined);
    this.#screen = screen;
    for (const track of stream.getTracks()) {
      if (track.kind === "video") track.contentHint = "detail";
      screen.pc.addTransceiver(track, { direction: "sendonly", streams: [stream] });
    }
    void screen.offer();
  }

  #sender(source: Source): Sender | null {
    return source === "main" ? this.#main : this.#screen;
  }

  #renewSender(source: Source): void {
    if (this.#stopped) return;
    this.#sender(source)?.close();
    if (source === "main") this.#publish();
    else if (this.#shared) this.#publishScreen(this.#shared);
  }

  async #receiveOffer({ jsep, streams, fresh }: OfferMessage): Promise<void> {
    if (this.#stopped) return;
    if (fresh || !this.#receive) this.#openReceive();
    const pc = this.#receive;
    if (!pc) return;
    await pc.setRemoteDescription(jsep);
    for (const candidate of this.#early.splice(0)) await pc.addIceCandidate(candidate).catch(() => undefined);
    await pc.setLocalDescription(await pc.createAnswer());
    if (pc !== this.#receive || !pc.localDescription) return;
    this.#events.say({ type: "answer", jsep: { type: "answer", sdp: pc.localDescription.sdp } });
    this.#lines = streams;
    this.#sort(pc);
  }

  #openReceive(): void {
    this.#receive?.close();
    clearTimeout(this.#renewing);
    this.#early = [];
    this.#layers.clear();
    const pc = new RTCPeerConnection({ iceServers: this.#iceServers });
    this.#receive = pc;
    pc.onicecandidate = ({ candidate }) => {
      this.#events.say({ type: "trickle", pc: "receive", candidate: sendable(candidate) });
    };
    pc.onconnectionstatechange = () => {
      clearTimeout(this.#renewing);
      if (pc !== this.#receive) return;
      if (pc.connectionState === "failed") this.#renewReceive();
      if (pc.connectionState === "disconnected") this.#renewing = setTimeout(() => this.#renewReceive(), RESTART_AFTER);
      this.#tellHealth();
    };
  }

  #renewReceive(): void {
    if (this.#stopped) return;
    clearTimeout(this.#renewing);
    this.#events.say({ type: "renew" });
    this.#renewing = setTimeout(() => {
      if (this.#receive?.connectionState !== "connected") this.#renewReceive();
    }, RESTART_AFTER * 2);
  }

  #receiveCandidate(candidate: RTCIceCandidateInit | null): void {
    if (!candidate) return;
    if (this.#receive?.remoteDescription) void this.#receive.addIceCandidate(candidate).catch(() => undefined);
    else this.#early.push(candidate);
  }

  /** Which line of the connection carries what of whom. */
  #sort(pc: RTCPeerConnection): void {
    const found = new Map<string, Incoming>();
    const byMid = this.#byMid();
    for (const { mid, receiver } of pc.getTransceivers()) {
      const line = mid === null ? undefined : byMid.get(mid);
      if (!line) continue;
      const held = this.#incoming.get(line.participant_id);
      const incoming = found.get(line.participant_id) ?? { main: null, screen: null };
      const before = held?.[line.source];
      const stream = incoming[line.source] ?? (before?.getTracks().includes(receiver.track) ? before : new MediaStream());
      if (!stream.getTracks().includes(receiver.track)) stream.addTrack(receiver.track);
      incoming[line.source] = stream;
      found.set(line.participant_id, incoming);
    }
    for (const id of this.#incoming.keys()) if (!found.has(id)) this.#events.incoming(id, { main: null, screen: null });
    this.#incoming = found;
    for (const [id, incoming] of found) this.#events.incoming(id, incoming);
  }

  #byMid(): Map<string, StreamLine> {
    return new Map(this.#lines.map((line) => [line.mid, line]));
  }

  #tellHealth(): void {
    const main = this.#main?.pc.connectionState;
    const receive = this.#receive?.connectionState ?? "connected";
    this.#events.healthy(main === "connected" && receive !== "disconnected" && receive !== "failed");
  }

  #close(): void {
    clearTimeout(this.#renewing);
    this.#main?.close();
    this.#screen?.close();
    this.#receive?.close();
    this.#main = this.#screen = this.#receive = null;
    this.#lines = [];
    this.#layers.clear();
    for (const id of this.#incoming.keys()) this.#events.incoming(id, { main: null, screen: null });
    this.#incoming.clear();
  }
}
