/**
 * The service worker: the office starts without a network, and a closed one is told that something is new.
 *
 * It keeps files of builds and the frame of the page, both the same for everybody; never an answer of the API. Signing
 * out takes it away with all that it kept (Clear-Site-Data, R-45). A new build is in use from the next page on.
 */
import { type Build, CACHES, isBuilt, isPage, outdated, pushOf, sentence } from "./rules";

declare const self: ServiceWorkerGlobalScope;
declare const __PLANO_BUILD__: Build; // written by the build

const BUILD = __PLANO_BUILD__;
const CACHE = CACHES + BUILD.name;
const FRAME = "/";
const TAG = "plano";
const PATIENCE = 8000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      // what the page has just fetched comes from the browser's own cache
      await cache.addAll(BUILD.files);
      await cache.add(new Request(FRAME, { cache: "reload" }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      await self.registration.navigationPreload?.enable();
      for (const name of outdated(await caches.keys(), BUILD.name)) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  if (isPage(event.request, self.location.origin)) event.respondWith(page(event));
  else if (isBuilt(event.request, self.location.origin)) event.respondWith(built(event.request));
});

/** From the server, always the present build; without one, the frame that was kept. */
async function page(event: FetchEvent): Promise<Response> {
  const asked = Promise.resolve(event.preloadResponse as Promise<Response | undefined>).then((answer) => answer ?? self.fetch(event.request));
  const frame = (): Promise<Response | undefined> => caches.match(FRAME, { cacheName: CACHE });
  try {
    return await Promise.race([asked, tooLate()]);
  } catch {
    return (await frame()) ?? asked;
  }
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), PATIENCE));
}

async function built(request: Request): Promise<Response> {
  const found = await caches.match(request.url);
  if (found) return found;
  const answer = await self.fetch(request);
  if (answer.ok && answer.status === 200) {
    const copy = answer.clone();
    await (await kept())?.put(request.url, copy).catch(() => undefined); // a full disk is no reason to fail
  }
  return answer;
}

/** What the installation made; once signing out has taken it away it is not made again. */
async function kept(): Promise<Cache | null> {
  return (await caches.has(CACHE)) ? caches.open(CACHE) : null;
}

self.addEventListener("push", (event) => {
  event.waitUntil(tell(event.data?.text()));
});

async function tell(text: string | undefined): Promise<void> {
  const push = pushOf(text);
  const trial = push.kind === "trial";
  if (!trial) void badge(push.count);
  const pages = await self.clients.matchAll({ type: "window" });
  if (!trial && pages.some((one) => one.visibilityState === "visible" && one.focused)) return; // the page says it itself
  await self.registration.showNotification("Plano", {
    body: sentence(push),
    lang: push.language,
    tag: trial ? "plano-trial" : TAG,
    icon: BUILD.icon,
    badge: BUILD.badge,
  });
}

async function badge(count: number): Promise<void> {
  const able = self.navigator as WorkerNavigator & { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  await (count > 0 ? able.setAppBadge?.(count) : able.clearAppBadge?.())?.catch(() => undefined);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const open = pages.find((one) => one.visibilityState === "visible") ?? pages[0];
      if (!open) {
        await self.clients.openWindow("/notifications");
        return;
      }
      await open.focus().catch(() => open);
      open.postMessage({ type: "open", path: "/notifications" });
    })(),
  );
});

self.addEventListener("message", (event) => {
  const said: unknown = event.data;
  if (typeof said !== "object" || said === null || !("type" in said)) return;
  if (said.type === "build") event.source?.postMessage({ type: "build", entry: BUILD.entry });
  if (said.type === "unread" && "count" in said && typeof said.count === "number") event.waitUntil(counted(said.count));
  if (said.type === "used" && "files" in said && Array.isArray(said.files)) event.waitUntil(keepUsed(said.files));
});

/** Read here or elsewhere: what said that something was new goes. */
async function counted(unread: number): Promise<void> {
  if (unread > 0) return;
  for (const shown of await self.registration.getNotifications({ tag: TAG })) shown.close();
  await badge(0);
}

/** What the first page had fetched before we were here. */
async function keepUsed(files: unknown[]): Promise<void> {
  const cache = await kept();
  if (!cache) return;
  for (const file of files) {
    if (typeof file !== "string" || !isBuilt({ method: "GET", url: new URL(file, self.location.origin).href }, self.location.origin)) continue;
    if (!(await cache.match(file))) await cache.add(file).catch(() => undefined);
  }
}
