/** What the service worker decides, apart from the browser: which requests it answers, and what it says of a push. */

/** What the build writes into the worker: the name of this build, its entry, and what an office needs to start. */
export interface Build {
  name: string;
  entry: string;
  files: string[];
  icon: string;
  badge: string;
}

export interface Push {
  kind: string;
  count: number;
  language: "fr" | "en";
}

export const CACHES = "plano-build-";
const OWN_PAGES = /^\/(?:api|dav|assets|healthz|readyz|metrics|sw\.js|manifest\.webmanifest|s|m)(?:\/|$)/;

/** A page of the office: its frame may come from here when the server cannot be reached. Never what the API says. */
export function isPage(request: { mode: string; method: string; url: string }, origin: string): boolean {
  const address = new URL(request.url);
  return request.mode === "navigate" && request.method === "GET" && address.origin === origin && !OWN_PAGES.test(address.pathname);
}

/** A file of a build: its name holds the hash of its content, so that what is kept is never old. */
export function isBuilt(request: { method: string; url: string }, origin: string): boolean {
  const address = new URL(request.url);
  return request.method === "GET" && address.origin === origin && /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(address.pathname);
}

/** The caches of former builds, but for the last: an open page of that one may still need its files. */
export function outdated(names: readonly string[], current: string): string[] {
  const former = names.filter((name) => name.startsWith(CACHES) && name !== CACHES + current);
  return former.slice(0, -1);
}

/** What the push service brought, or something to say all the same: a browser that is told must say something. */
export function pushOf(text: string | undefined): Push {
  try {
    const given: unknown = JSON.parse(text ?? "");
    if (typeof given === "object" && given !== null) {
      const { kind, count, language } = given as Partial<Record<keyof Push, unknown>>;
      return {
        kind: typeof kind === "string" ? kind : "",
        count: typeof count === "number" && Number.isSafeInteger(count) && count > 0 ? count : 0,
        language: language === "en" ? "en" : "fr",
      };
    }
  } catch {
    // not ours
  }
  return { kind: "", count: 0, language: "fr" };
}

const WORDS = {
  fr: {
    some: (count: number) => (count === 1 ? "Du nouveau vous attend." : `Du nouveau vous attend : ${count} notifications.`),
    none: "Du nouveau vous attend.",
    trial: "L’essai a réussi : cet appareil sera prévenu.",
  },
  en: {
    some: (count: number) => (count === 1 ? "Something new is waiting for you." : `Something new is waiting for you: ${count} notifications.`),
    none: "Something new is waiting for you.",
    trial: "The test worked: this device will be told.",
  },
};

/** Never what it is about: a locked screen and whoever looks at it learn nothing. */
export function sentence({ kind, count, language }: Push): string {
  const words = WORDS[language];
  if (kind === "trial") return words.trial;
  return count > 0 ? words.some(count) : words.none;
}
