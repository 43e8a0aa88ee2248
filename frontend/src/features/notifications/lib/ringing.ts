/** Whether something new is said at once in the page: the server says from when it may ring; the page, where one is. */
import { Store } from "../../../shared/live/store";
import type { Notification } from "../api";

const FRESH = 60_000;

/** « Reprendre ici »: until that moment this page rings all the same. */
export const resumedUntil = new Store<number>(0);

export interface Now {
  at: number;
  /** The address that is open, and whether somebody may see it. */
  path: string;
  visible: boolean;
  resumed: boolean;
}

export function rings(one: Notification, now: Now): boolean {
  if (one.read_at !== null || one.rings_at === null || !now.visible) return false;
  if (now.at - new Date(one.created_at).getTime() > FRESH) return false;
  if (new Date(one.rings_at).getTime() > now.at && !now.resumed && !one.urgent) return false;
  return !isOpen(one, now.path);
}

/** The thing, or what holds it, is what one looks at. */
function isOpen(one: Notification, path: string): boolean {
  return path.includes(one.link_id) || (one.parent_id !== null && path.includes(one.parent_id));
}

/** What was not there before, by id and by count: a counting one comes again. */
export function freshOf(before: readonly Notification[] | undefined, after: readonly Notification[]): Notification[] {
  if (before === undefined) return [];
  const known = new Map(before.map((one) => [one.id, one.count]));
  return after.filter((one) => one.count > (known.get(one.id) ?? 0));
}

const SOUND = "plano-sound";

export function hasSound(): boolean {
  return localStorage.getItem(SOUND) === "1";
}

export function chooseSound(on: boolean): void {
  if (on) localStorage.setItem(SOUND, "1");
  else localStorage.removeItem(SOUND);
}

/** Two soft notes, made here: no file, nothing fetched. */
export function sound(): void {
  try {
    const audio = new AudioContext();
    const volume = audio.createGain();
    volume.connect(audio.destination);
    volume.gain.setValueAtTime(0.06, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
    [660, 880].forEach((pitch, index) => {
      const note = audio.createOscillator();
      note.frequency.value = pitch;
      note.connect(volume);
      note.start(audio.currentTime + index * 0.12);
      note.stop(audio.currentTime + 0.5);
    });
    setTimeout(() => void audio.close(), 800);
  } catch {
    // a browser without sound
  }
}
