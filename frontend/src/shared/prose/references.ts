/** Addresses of Plano pasted in a message: which thing each one names. Pure, and small: the first screens need it. */

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

/** An address of this office. */
export function isOurs(address: string): boolean {
  try {
    return new URL(address, window.location.origin).origin === window.location.origin;
  } catch {
    return false;
  }
}
