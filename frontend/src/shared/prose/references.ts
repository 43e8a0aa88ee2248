/** Addresses of Plano pasted in a message: which thing each one names. Pure. */
import type { TFunction } from "i18next";
import { isOurs, linksOf, plain } from "./markdown";

export interface Reference {
  kind: string;
  id: string;
}

/** A workspace: the only thing whose address has no id. */
export const WORKSPACE = "workspace";
const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const PATHS: readonly (readonly [RegExp, string, string | null, string])[] = [
  // path, kind of the id in the path, parameter that names something inside, its kind
  [new RegExp(`^/w/[^/]+/discussions/(${ID})$`), "chat.channel", "message", "chat.message"],
  [new RegExp(`^/w/[^/]+/reunions/(${ID})$`), "meetings.meeting", null, ""],
  [new RegExp(`^/w/[^/]+/documents/dossier/(${ID})$`), "documents.node", "doc", "documents.node"],
  [/^\/w\/[^/]+\/documents()$/, "", "doc", "documents.node"],
  [/^\/w\/[^/]+\/taches()$/, "", "tache", "tasks.task"],
  [/^\/w\/[^/]+\/agenda()$/, "", "evenement", "event"],
  [/^\/w\/[^/]+\/decisions()$/, "", "decision", "chat.decision"],
  [/^\/w\/([a-z0-9-]+)\/?$/, WORKSPACE, null, ""],
];
const WHOLE = new RegExp(`^${ID}$`);

/** What an address of this office names, if it names something. */
export function referenceOf(address: string): Reference | null {
  if (!isOurs(address)) return null;
  const { pathname, searchParams } = new URL(address, window.location.origin);
  for (const [path, kind, parameter, inner] of PATHS) {
    const found = path.exec(pathname);
    if (!found) continue;
    const inside = parameter === null ? null : searchParams.get(parameter);
    if (inside !== null && WHOLE.test(inside)) return { kind: inner, id: inside };
    return kind !== "" && found[1] ? { kind, id: found[1] } : null;
  }
  return null;
}

export interface Link extends Reference {
  address: string;
}

/** As many cards below a text; the other links stay in it. */
export const MOST_CARDS = 3;
const LONGEST = 30_000;
const MOST = 50;

/** The links of a text to things of this office, in their order, each address once. Code has none. */
export function linksIn(text: string): Link[] {
  if (!text.includes(window.location.host)) return [];
  const found = [...new Set(linksOf(text.slice(0, LONGEST)))].flatMap((address) => {
    const reference = referenceOf(address);
    return reference ? [{ address, ...reference }] : [];
  });
  return found.slice(0, MOST);
}

/** The words alone, to be heard or to name something: « Tâche », never the signs of its address. */
export function spoken(text: string, t: TFunction<"common">): string {
  const links = linksIn(text);
  return links.length === 0 ? plain(text) : plain(text, new Map(links.map(({ address, kind }) => [address, t(`link.${kind}`)])));
}
