/** Cameras, microphones, loudspeakers: asking for them, remembering the choice, and why one was refused. */

/** Why a device cannot be used; each has its own sentence and its own way out. */
export type DeviceProblem = "insecure" | "denied" | "denied_by_system" | "in_use" | "not_found" | "unsupported" | "failed";
export type DeviceKind = "microphone" | "camera" | "speaker";

export interface DeviceList {
  microphone: MediaDeviceInfo[];
  camera: MediaDeviceInfo[];
  speaker: MediaDeviceInfo[];
}

export const NO_DEVICES: DeviceList = { microphone: [], camera: [], speaker: [] };
const KEY = "plano.devices";

export type Choice = { [Kind in DeviceKind]?: string };

/** The devices chosen last on this computer. */
export function remembered(storage: Pick<Storage, "getItem"> = localStorage): Choice {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? (value as Choice) : {};
  } catch {
    return {};
  }
}

export function remember(kind: DeviceKind, id: string, storage: Pick<Storage, "getItem" | "setItem"> = localStorage): void {
  try {
    storage.setItem(KEY, JSON.stringify({ ...remembered(storage), [kind]: id }));
  } catch {
    // a browser that keeps nothing: the choice lasts as long as the page
  }
}

/** Whether this page may ask for devices at all. */
export function environmentProblem(): DeviceProblem | null {
  if (!window.isSecureContext) return "insecure";
  // older browsers lack it, whatever the types say
  return (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia ? null : "unsupported";
}

/** From the browser's refusal to what the person can do about it. */
export function problemOf(error: unknown): DeviceProblem {
  if (!(error instanceof Error) && !(error instanceof DOMException)) return "failed";
  switch (error.name) {
    case "NotAllowedError":
    case "PermissionDeniedError":
      return /system/i.test(error.message) ? "denied_by_system" : "denied";
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return "not_found";
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return "in_use";
    default:
      return "failed";
  }
}

const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

function constraints(kind: "microphone" | "camera", id: string | undefined): MediaStreamConstraints {
  const exact = id ? { deviceId: { exact: id } } : {};
  return kind === "microphone" ? { audio: { ...SOUND, ...exact } } : { video: { ...PICTURE, ...exact } };
}

/** One track; a device that is gone is replaced by the usual one. Throws what the browser throws. */
export async function open(kind: "microphone" | "camera", id: string | undefined): Promise<MediaStreamTrack> {
  const ask = async (wanted: string | undefined): Promise<MediaStreamTrack> => {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(kind, wanted));
    const track = stream.getTracks()[0];
    if (!track) throw new DOMException("no track", "NotFoundError");
    return track;
  };
  try {
    return await ask(id);
  } catch (error) {
    if (id === undefined || problemOf(error) !== "not_found") throw error;
    return ask(undefined);
  }
}

/** Both in one question to the person. Throws what the browser throws: then each is asked alone, to learn which fails. */
export async function openBoth(chosen: Choice): Promise<{ microphone: MediaStreamTrack; camera: MediaStreamTrack }> {
  const stream = await navigator.mediaDevices.getUserMedia({
    ...constraints("microphone", chosen.microphone),
    ...constraints("camera", chosen.camera),
  });
  const [microphone] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  if (!microphone || !camera) throw new DOMException("no track", "NotFoundError");
  return { microphone, camera };
}

export async function listDevices(): Promise<DeviceList> {
  if (environmentProblem()) return NO_DEVICES;
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): MediaDeviceInfo[] => all.filter((device) => device.kind === kind && device.deviceId !== "");
  return { microphone: of("audioinput"), camera: of("videoinput"), speaker: of("audiooutput") };
}

/** Whether the browser lets the page choose where sound comes out. */
export function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}
