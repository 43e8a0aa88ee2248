/** The service worker, seen from the page: put in place once the page is drawn; a new build is told of quietly. */
import { useSyncExternalStore } from "react";
import { Store } from "../shared/live/store";

const outdated = new Store(false);
const EVERY = 60 * 60_000;

/** After the first paint, for somebody who is signed in. `open`: a push was clicked on. */
export function startWorker(open: (path: string) => void): () => void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (import.meta.env.DEV || workers === undefined) return () => undefined;
  const heard = ({ data }: MessageEvent<unknown>): void => {
    if (typeof data !== "object" || data === null || !("type" in data)) return;
    if (data.type === "open" && "path" in data && typeof data.path === "string" && /^\/[a-z]/.test(data.path)) open(data.path);
    if (data.type === "build" && "entry" in data && typeof data.entry === "string") outdated.set(data.entry !== entryOfThisPage());
  };
  const asks = (): void => workers.controller?.postMessage({ type: "build" });
  workers.addEventListener("message", heard);
  workers.addEventListener("controllerchange", asks);
  const timer = setInterval(() => void lookForNewBuild(), EVERY);
  void workers
    .register("/sw.js", { scope: "/", updateViaCache: "none" })
    .then(() => workers.ready)
    .then(({ active }) => active?.postMessage({ type: "used", files: usedFiles() }))
    .catch(() => undefined); // a browser that wants none, or blocks it: the office works as before
  asks();
  return () => {
    workers.removeEventListener("message", heard);
    workers.removeEventListener("controllerchange", asks);
    clearInterval(timer);
  };
}

/** The server was away: perhaps it came back as another. */
export async function lookForNewBuild(): Promise<void> {
  const registration = await (navigator.serviceWorker as ServiceWorkerContainer | undefined)?.getRegistration();
  await registration?.update().catch(() => undefined);
}

/** How many things are unread: at none, what was said outside the page goes away. */
export function tellWorker(unread: number): void {
  (navigator.serviceWorker as ServiceWorkerContainer | undefined)?.controller?.postMessage({ type: "unread", count: unread });
  const able = navigator as Navigator & { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  void (unread > 0 ? able.setAppBadge?.(unread) : able.clearAppBadge?.())?.catch(() => undefined);
}

/** Whether a newer build has taken this one's place on the server. */
export function useOutdated(): boolean {
  return useSyncExternalStore(outdated.subscribe, outdated.get);
}

/** On leaving: the worker and what it kept; the server says it too, by Clear-Site-Data. */
export async function dismissWorker(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const registration = await workers?.getRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  await registration?.unregister();
  if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
}

function entryOfThisPage(): string {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src*="/assets/"]');
  return entry ? new URL(entry.src).pathname : "";
}

function usedFiles(): string[] {
  const fetched = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  return [...new Set(fetched.filter((one) => one.origin === location.origin && one.pathname.startsWith("/assets/")).map((one) => one.pathname))];
}
