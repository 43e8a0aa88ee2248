/** What this device gives to a call: a microphone and a camera that go on and off, change, get lost. */
import { Store } from "../../../shared/live/store";
import {
  type Choice,
  type DeviceKind,
  type DeviceList,
  type DeviceProblem,
  environmentProblem,
  listDevices,
  NO_DEVICES,
  open,
  openBoth,
  problemOf,
  remember,
  remembered,
} from "./devices";
import { Meter } from "./meter";
import type { Outgoing } from "./types";

export interface LocalState {
  microphone: boolean;
  camera: boolean;
  /** The picture for one's own eyes. */
  picture: MediaStreamTrack | null;
  problems: { microphone: DeviceProblem | null; camera: DeviceProblem | null };
  asking: boolean;
  devices: DeviceList;
  chosen: Choice;
  /** The device that was in use is gone; another one is used. */
  replaced: "microphone" | "camera" | null;
}

const START: LocalState = {
  microphone: false,
  camera: false,
  picture: null,
  problems: { microphone: null, camera: null },
  asking: false,
  devices: NO_DEVICES,
  chosen: {},
  replaced: null,
};

export class LocalMedia {
  readonly state: Store<LocalState>;
  readonly meter = new Meter();
  /** Called whenever other tracks leave this device. */
  onOutgoing: (outgoing: Outgoing) => void = () => undefined;
  /** The microphone itself, always open while it is chosen: what is sent is a copy that can be silent. */
  #raw: MediaStreamTrack | null = null;
  #sent: MediaStreamTrack | null = null;
  #stopped = false;

  constructor() {
    this.state = new Store<LocalState>({ ...START, chosen: remembered() });
  }

  /** Asks for both at once, so that the person is asked once; then each alone to learn which one fails. */
  async start(): Promise<void> {
    const environment = environmentProblem();
    if (environment) {
      this.#set({ problems: { microphone: environment, camera: environment } });
      return;
    }
    navigator.mediaDevices.addEventListener("devicechange", this.#listAgain);
    await this.#list();
    this.#set({ asking: true });
    try {
      const both = await openBoth(this.state.get().chosen);
      if (this.#stopped) {
        both.microphone.stop();
        both.camera.stop();
        return;
      }
      this.#useMicrophone(both.microphone);
      this.#useCamera(both.camera);
      await this.setMicrophone(true);
    } catch {
      await this.setMicrophone(true);
      await this.setCamera(true);
    }
    this.#set({ asking: false });
    await this.#list();
  }

  outgoing(): Outgoing {
    return { audio: this.#sent, video: this.state.get().picture };
  }

  async setMicrophone(on: boolean): Promise<void> {
    if (on && !this.#raw && !(await this.#openMicrophone())) return;
    if (this.#sent) this.#sent.enabled = on;
    this.#set({ microphone: on && this.#raw !== null });
    this.#tell();
  }

  async setCamera(on: boolean): Promise<void> {
    if (on) {
      await this.#openCamera();
      return;
    }
    this.state.get().picture?.stop();
    this.#set({ camera: false, picture: null });
    this.#tell();
  }

  async choose(kind: DeviceKind, id: string): Promise<void> {
    remember(kind, id);
    this.#set({ chosen: { ...this.state.get().chosen, [kind]: id }, replaced: null });
    if (kind === "camera" && this.state.get().camera) await this.#openCamera();
    if (kind === "microphone") {
      const on = this.state.get().microphone;
      this.#closeMicrophone();
      await this.#openMicrophone();
      await this.setMicrophone(on);
    }
  }

  stop(): void {
    this.#stopped = true;
    // absent in an insecure page
    (navigator.mediaDevices as MediaDevices | undefined)?.removeEventListener("devicechange", this.#listAgain);
    this.#closeMicrophone();
    this.state.get().picture?.stop();
    this.meter.stop();
    this.#set({ microphone: false, camera: false, picture: null });
  }

  async #openMicrophone(): Promise<boolean> {
    const track = await this.#open("microphone");
    if (!track) {
      this.#set({ microphone: false });
      return false;
    }
    this.#useMicrophone(track);
    return true;
  }

  #useMicrophone(track: MediaStreamTrack): void {
    this.#closeMicrophone();
    this.#raw = track;
    this.#sent = track.clone();
    this.#sent.enabled = this.state.get().microphone;
    this.meter.listen(track);
    track.addEventListener("ended", () => void this.#lost("microphone"));
  }

  async #openCamera(): Promise<void> {
    const before = this.state.get().picture;
    const track = await this.#open("camera");
    before?.stop();
    this.#useCamera(track);
  }

  #useCamera(track: MediaStreamTrack | null): void {
    this.#set({ camera: track !== null, picture: track });
    track?.addEventListener("ended", () => void this.#lost("camera"));
    this.#tell();
  }

  /** Opens a device or notes why not. */
  async #open(kind: "microphone" | "camera"): Promise<MediaStreamTrack | null> {
    const problems = (problem: DeviceProblem | null): Partial<LocalState> => ({
      problems: { ...this.state.get().problems, [kind]: problem },
    });
    const environment = environmentProblem();
    if (environment) {
      this.#set(problems(environment));
      return null;
    }
    try {
      const track = await open(kind, this.state.get().chosen[kind]);
      if (this.#stopped) {
        track.stop();
        return null;
      }
      this.#set(problems(null));
      return track;
    } catch (error) {
      this.#set(problems(problemOf(error)));
      return null;
    }
  }

  /** Unplugged in mid-call: another device, never dead air. */
  async #lost(kind: "microphone" | "camera"): Promise<void> {
    if (this.#stopped) return;
    const chosen = { ...this.state.get().chosen };
    delete chosen[kind];
    this.#set({ chosen, replaced: kind });
    if (kind === "microphone") {
      const on = this.state.get().microphone;
      this.#closeMicrophone();
      if (await this.#openMicrophone()) await this.setMicrophone(on);
      this.#tell();
    } else if (this.state.get().camera) await this.#openCamera();
    await this.#list();
  }

  #closeMicrophone(): void {
    this.#raw?.stop();
    this.#sent?.stop();
    this.#raw = this.#sent = null;
    this.meter.listen(null);
  }

  #listAgain = (): void => void this.#list();

  async #list(): Promise<void> {
    const devices = await listDevices().catch(() => NO_DEVICES);
    if (!this.#stopped) this.#set({ devices });
  }

  #tell(): void {
    if (!this.#stopped) this.onOutgoing(this.outgoing());
  }

  #set(change: Partial<LocalState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
