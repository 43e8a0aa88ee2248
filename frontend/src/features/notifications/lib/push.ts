/** This browser and its maker's push service: asked only when the person wishes it, given up when somebody else comes. */
import { addPush } from "../api";

const OWNER = "plano-push";
export type PushState = "unsupported" | "refused" | "off" | "on";
export class PushRefused extends Error {}

export function isAble(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

async function manager(): Promise<PushManager | null> {
  if (!isAble()) return null;
  return (await navigator.serviceWorker.getRegistration())?.pushManager ?? null;
}

export async function stateOfPush(user: string): Promise<PushState> {
  const push = await manager();
  if (push === null) return "unsupported";
  if (Notification.permission === "denied") return "refused";
  return (await push.getSubscription()) !== null && localStorage.getItem(OWNER) === user ? "on" : "off";
}

/** The browser asks the person; what it gives goes to the server. */
export async function startPush(user: string, key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new PushRefused();
  const push = await manager();
  if (push === null) throw new PushRefused();
  const old = await push.getSubscription();
  if (old && !isFor(old, key)) await old.unsubscribe();
  await tell(await push.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) }));
  localStorage.setItem(OWNER, user);
}

export async function stopPush(): Promise<void> {
  localStorage.removeItem(OWNER);
  await (await (await manager())?.getSubscription())?.unsubscribe();
}

/** At each start: the new session takes over what this person wished here; another person begins with nothing. */
export async function renewPush(user: string, key: string | null): Promise<void> {
  const subscription = await (await manager())?.getSubscription();
  if (!subscription) return;
  if (key === null || localStorage.getItem(OWNER) !== user) {
    await stopPush();
    return;
  }
  if (isFor(subscription, key)) await tell(subscription);
  else await startPush(user, key);
}

async function tell(subscription: PushSubscription): Promise<void> {
  const { keys } = subscription.toJSON();
  await addPush({ endpoint: subscription.endpoint, p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" });
}

function isFor(subscription: PushSubscription, key: string): boolean {
  const given = subscription.options.applicationServerKey;
  return given !== null && bytesOf(key).toString() === new Uint8Array(given).toString();
}

export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (one) => one.charCodeAt(0));
}
