/**
 * From browser to browser, without a media server: one connection for each other participant, made by the one with
 * the greater identifier. All lines exist from the beginning (sound, picture, screen, its sound), so that sharing and
 * switching never negotiate again; restarts follow the pattern of perfect negotiation.
 */
import { sendable } from "./peer";
import type { CallTransport, GateMessage, Incoming, MediaKind, Outgoing, TransportEvents } from "./types";

const RESTART_AFTER = 3000;
const LINES: MediaKind[] = ["audio", "video", "video", "audio"];
type SignalMessage = Extract<GateMessage, { type: "signal" }>;

class Peer {
  readonly pc: RTCPeerConnection;
  readonly id: string;
  readonly polite: boolean;
  readonly events: TransportEvents;
  readonly onState: () => void;
  #making = false;
  #ignoring = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<void> = Promise.resolve();
  #lines: RTCRtpTransceiver[] = [];
  #streams: Incoming = { main: null, screen: null };
  #tracks: (MediaStreamTrack | null)[] = [null, null, null, null];
  closed = false;

  constructor(
    id: string,
    polite: boolean,
    iceServers: RTCIceServer[],
    events: TransportEvents,
    onState: () => void,
  ) {
    this.id = id;
    this.polite = polite;
    this.events = events;
    this.onState = onState;
    this.pc = new RTCPeerConnection({ iceServers });
    this.pc.onnegotiationneeded = () => void this.#offer();
    this.pc.onicecandidate = ({ candidate }) => {
      const found = sendable(candidate);
      if (found) this.#say({ candidate: found });
    };
    this.pc.onconnectionstatechange = () => {
      clearTimeout(this.#timer);
      if (this.pc.connectionState === "failed") this.restart();
      if (this.pc.connectionState === "disconnected") this.#timer = setTimeout(() => this.restart(), RESTART_AFTER);
      onState();
    };
    if (!polite) {
      this.#lines = LINES.map((kind) => this.pc.addTransceiver(kind, { direction: "sendrecv" }));
      this.#receive();
    }
  }

  send(tracks: (MediaStreamTrack | null)[]): void {
    this.#tracks = tracks;
    this.#lines.forEach((line, index) => {
      void line.sender.replaceTrack(tracks[index] ?? null).catch(() => undefined);
    });
  }

  hear(message: SignalMessage): void {
    this.#queue = this.#queue.then(() => this.#take(message)).catch(() => undefined);
  }

  restart(): void {
    if (!this.closed) this.pc.restartIce();
  }

  level(): number {
    return this.#lines[0]?.receiver.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.#timer);
    this.pc.close();
    this.events.incoming(this.id, { main: null, screen: null });
  }

  async #offer(): Promise<void> {
    if (this.closed) return;
    try {
      this.#making = true;
      await this.pc.setLocalDescription();
      this.#describe();
    } catch {
      // closed meanwhile
    } finally {
      this.#making = false;
    }
  }

  async #take({ description, candidate }: SignalMessage): Promise<void> {
    if (this.closed) return;
    if (candidate) {
      await this.pc.addIceCandidate(candidate).catch((error: unknown) => {
        if (!this.#ignoring) throw error;
      });
      return;
    }
    if (!description) return;
    const collides = description.type === "offer" && (this.#making || this.pc.signalingState !== "stable");
    this.#ignoring = !this.polite && collides;
    if (this.#ignoring) return;
    await this.pc.setRemoteDescription(description);
    if (description.type !== "offer") return;
    if (this.#lines.length === 0) {
      this.#lines = this.pc.getTransceivers();
      for (const line of this.#lines) line.direction = "sendrecv";
      this.send(this.#tracks);
      this.#receive();
    }
    await this.pc.setLocalDescription();
    this.#describe();
  }

  #describe(): void {
    const { localDescription } = this.pc;
    if (localDescription) this.#say({ description: { type: localDescription.type, sdp: localDescription.sdp } });
  }

  #receive(): void {
    const [audio, video, screen, screenAudio] = this.#lines.map((line) => line.receiver.track);
    if (!audio || !video || !screen || !screenAudio) return;
    this.#streams = { main: new MediaStream([audio, video]), screen: new MediaStream([screen, screenAudio]) };
    this.events.incoming(this.id, this.#streams);
  }

  #say(body: object): void {
    if (!this.closed) this.events.say({ type: "signal", to: this.id, ...body });
  }
}

export class P2pTransport implements CallTransport {
  readonly #events: TransportEvents;
  readonly #me: string;
  readonly #peers = new Map<string, Peer>();
  #iceServers: RTCIceServer[] = [];
  #outgoing: Outgoing = { audio: null, video: null };
  #shared: MediaStream | null = null;

  constructor(events: TransportEvents, me: string) {
    this.#events = events;
    this.#me = me;
  }

  start(iceServers: RTCIceServer[], participants: string[]): void {
    this.stop();
    this.#iceServers = iceServers;
    for (const id of participants) this.#meet(id);
    this.#tellHealth();
  }

  send(outgoing: Outgoing): void {
    this.#outgoing = outgoing;
    this.#sendAll();
  }

  share(stream: MediaStream | null): void {
    this.#shared = stream;
    for (const track of stream?.getVideoTracks() ?? []) track.contentHint = "detail";
    this.#sendAll();
  }

  hear(message: GateMessage): void {
    if (message.type === "participant" && !message.participant.cut) this.#meet(message.participant.id);
    if (message.type === "left") {
      this.#peers.get(message.participant_id)?.close();
      this.#peers.delete(message.participant_id);
      this.#tellHealth();
    }
    if (message.type === "signal") this.#meet(message.from).hear(message);
  }

  resume(participants: string[]): void {
    for (const id of [...this.#peers.keys()]) {
      if (!participants.includes(id)) this.hear({ type: "left", participant_id: id });
    }
    for (const id of participants) {
      const peer = this.#meet(id);
      if (peer.pc.connectionState !== "connected" && peer.pc.connectionState !== "new") peer.restart();
    }
  }

  levels(): Map<string, number> {
    return new Map([...this.#peers].map(([id, peer]) => [id, peer.level()]));
  }

  want(): void {
    // four at most: each sends one picture, as large as the network lets through
  }

  stats(): Promise<RTCStatsReport[]> {
    return Promise.all([...this.#peers.values()].map((peer) => peer.pc.getStats()));
  }

  stop(): void {
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }

  #meet(id: string): Peer {
    const known = this.#peers.get(id);
    if (known) return known;
    const peer = new Peer(id, this.#me < id, this.#iceServers, this.#events, () => this.#tellHealth());
    this.#peers.set(id, peer);
    peer.send(this.#tracks());
    return peer;
  }

  #sendAll(): void {
    for (const peer of this.#peers.values()) peer.send(this.#tracks());
  }

  #tracks(): (MediaStreamTrack | null)[] {
    const { audio, video } = this.#outgoing;
    return [audio, video, this.#shared?.getVideoTracks()[0] ?? null, this.#shared?.getAudioTracks()[0] ?? null];
  }

  #tellHealth(): void {
    const states = [...this.#peers.values()].map((peer) => peer.pc.connectionState);
    this.#events.healthy(!states.some((state) => state === "failed" || state === "disconnected"));
  }
}
