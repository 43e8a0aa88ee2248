/** The words of a call, shared by its parts. No React here. */
export type Source = "main" | "screen";
export type MediaKind = "audio" | "video";
export type Pc = "main" | "screen" | "receive";

export interface Person {
  id: string;
  name: string;
  color: number;
  avatar_url: string | null;
}

/** Somebody in the call, as the gate describes them. */
export interface Participant {
  id: string;
  person: Person;
  guest: boolean;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  /** The connection was cut and may come back. */
  cut: boolean;
}

/** What comes from one participant. */
export interface Incoming {
  main: MediaStream | null;
  screen: MediaStream | null;
}

export interface StreamLine {
  mid: string;
  kind: MediaKind;
  participant_id: string;
  source: Source;
}

/** What the gate says. */
export type GateMessage =
  | {
      type: "welcome";
      participant_id: string;
      mode: "sfu" | "p2p";
      resumed: boolean;
      ready: boolean;
      ice_servers: RTCIceServer[];
      participants: Participant[];
    }
  | { type: "participant"; participant: Participant }
  | { type: "left"; participant_id: string }
  | { type: "media"; state: "ready" | "lost" | "slow" }
  | { type: "published"; source: Source; jsep: RTCSessionDescriptionInit }
  | { type: "offer"; jsep: RTCSessionDescriptionInit; streams: StreamLine[]; fresh: boolean }
  | { type: "trickle"; pc: Pc; candidate: RTCIceCandidateInit | null }
  | { type: "hangup"; pc: Pc }
  | { type: "signal"; from: string; description?: RTCSessionDescriptionInit; candidate?: RTCIceCandidateInit }
  | { type: "ice"; ice_servers: RTCIceServer[] }
  | { type: "muted" }
  | { type: "out"; reason: string }
  | { type: "refused"; code: string }
  | { type: "pong" };

/** The tracks that leave this device; null: nothing of this kind. */
export interface Outgoing {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

export interface TransportEvents {
  /** To the gate; lost when the line is down. */
  say(message: object): void;
  incoming(participantId: string, streams: Incoming): void;
  /** Whether what should flow can flow. */
  healthy(well: boolean): void;
}

/** How media travel: through the media server, or from browser to browser. */
export interface CallTransport {
  start(iceServers: RTCIceServer[], participants: string[]): void;
  send(outgoing: Outgoing): void;
  share(stream: MediaStream | null): void;
  hear(message: GateMessage): void;
  /** The line to the gate is back with the same identity. */
  resume(participants: string[]): void;
  /** The level at which somebody speaks now, 0 to 1. */
  levels(): Map<string, number>;
  /** How much of somebody's picture is wanted: -1 nothing, 0 small, 1 middle, 2 large. */
  want(participantId: string, source: Source, layer: number): void;
  stats(): Promise<RTCStatsReport[]>;
  stop(): void;
}
