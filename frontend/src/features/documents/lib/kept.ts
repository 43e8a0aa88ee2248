/** Uploads that the browser remembers (IndexedDB). Sign-out clears them with everything else. */
import type { Decision } from "../api";

export interface Kept {
  id: string;
  /** An empty folder is made like a file without bytes. */
  kind: "file" | "folder";
  userId: string;
  workspaceId: string;
  /** Where it was dropped. */
  parentId: string | null;
  /** The folder below, by its path: made when its first file is sent. */
  folder: string;
  /** The document that gets a new version. */
  nodeId: string | null;
  /** The version of it that the person had in hand: a newer one asks. */
  base: number | null;
  name: string;
  size: number;
  modified: number;
  sent: number;
  /** Where the server receives it. */
  url: string | null;
  file: File | null;
  decision: Decision | null;
  at: number;
  /** The conversation whose file it is; made before, its folder has the same id. */
  channel?: string | null;
  /** The page that has it in hand. */
  tab: string;
}

/** Bytes of one file are kept in the browser up to this size; a larger file is chosen again after a restart. */
const FILE_LIMIT = 256 * 1024 * 1024;
/** And of all together. */
const LIMIT = 1024 * 1024 * 1024;
const NAME = "plano-uploads";
const TABLE = "uploads";
const LOCK = "plano-uploads:";
const WEEK = 7 * 86_400_000;
const PAUSE = 300;
/** So many in one transaction: the page breathes in between. */
const AT_ONCE = 200;

export const tab: string = crypto.randomUUID();
const sizes = new Map<string, number>();
let held = 0;
const pending = new Map<string, Kept | null>();
let timer = 0;
let opening: Promise<IDBDatabase | null> | null = null;
let claimed = false;

function database(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "id" });
      request.onsuccess = () => {
        request.result.onclose = () => (opening = null); // sign-out clears it
        resolve(request.result);
      };
      request.onerror = () => resolve(null);
    } catch {
      resolve(null); // private window: uploads work, they are only not remembered
    }
  });
  return opening;
}

/** Remembers an upload, its bytes too while there is room; written with others a moment later. */
export function keep(kept: Kept): void {
  pending.set(kept.id, kept);
  later();
}

export function forget(id: string): void {
  held -= sizes.get(id) ?? 0;
  sizes.delete(id);
  pending.set(id, null);
  later();
}

function later(): void {
  timer ||= window.setTimeout(() => void write(), PAUSE);
}

/** What waits to be written: a few transactions, however many they are. */
async function write(): Promise<void> {
  window.clearTimeout(timer);
  timer = 0;
  if (pending.size === 0) return;
  claim();
  const base = await database();
  if (!base) {
    pending.clear();
    return;
  }
  while (pending.size > 0) {
    const now = [...pending].slice(0, AT_ONCE);
    for (const [id] of now) pending.delete(id);
    if (!(await put(base, now, true))) await put(base, now, false); // no room for the bytes: the rest is remembered
  }
}

function put(base: IDBDatabase, now: readonly (readonly [string, Kept | null])[], bytes: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    let change: IDBTransaction | null = null;
    try {
      change = base.transaction(TABLE, "readwrite");
      change.oncomplete = () => resolve(true);
      change.onabort = () => resolve(false);
      const table = change.objectStore(TABLE);
      for (const [id, kept] of now) {
        if (kept) table.put(record(kept, bytes));
        else table.delete(id);
      }
    } catch {
      if (change) change.abort();
      else resolve(false);
    }
  });
}

function record(kept: Kept, bytes: boolean): Kept {
  const { id, kind, userId, workspaceId, parentId, folder, nodeId, base, name, size, modified, sent, url, decision, at, channel = null } = kept;
  const file = bytes && kept.file && fits(id, size) ? kept.file : null;
  return { id, kind, userId, workspaceId, parentId, folder, nodeId, base, name, size, modified, sent, url, file, decision, at, channel, tab };
}

function fits(id: string, size: number): boolean {
  if (size > FILE_LIMIT) return false;
  if (sizes.has(id)) return true;
  if (held + size > LIMIT) return false;
  held += size;
  sizes.set(id, size);
  return true;
}

/** While this page lives, no other takes its uploads for abandoned ones. */
function claim(): void {
  if (claimed || !("locks" in navigator)) return;
  claimed = true;
  void navigator.locks.request(LOCK + tab, () => new Promise(() => undefined));
}

async function living(): Promise<Set<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}

/** Whether some page still has this upload in hand, or will. */
export async function isKept(id: string): Promise<boolean> {
  if (pending.has(id)) return pending.get(id) !== null;
  const base = await database();
  if (!base) return false;
  return new Promise((resolve) => {
    const request = base.transaction(TABLE, "readonly").objectStore(TABLE).count(id);
    request.onsuccess = () => resolve(request.result > 0);
    request.onerror = () => resolve(false);
  });
}

/** What this person left, in the order of its dropping. `onFreed`: another page that has some in hand is gone. */
export async function recall(userId: string, onFreed: () => void): Promise<Kept[]> {
  const base = await database();
  if (!base) return [];
  const all = await new Promise<Kept[]>((resolve) => {
    const request = base.transaction(TABLE, "readonly").objectStore(TABLE).getAll() as IDBRequest<Kept[]>;
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve([]);
  });
  const alive = await living();
  const mine: Kept[] = [];
  const elsewhere = new Set<string>();
  for (const kept of all) {
    if (Date.now() - kept.at > WEEK) forget(kept.id);
    else if (kept.userId !== userId || kept.tab === tab) continue;
    else if (alive.has(kept.tab)) elsewhere.add(kept.tab);
    else mine.push({ ...kept, kind: kept.kind ?? "file", folder: kept.folder ?? "", base: kept.base ?? null });
  }
  for (const other of elsewhere) void navigator.locks.request(LOCK + other, onFreed);
  for (const kept of mine) keep(kept); // in hand here now
  return mine.sort((a, b) => a.at - b.at);
}

if (typeof document !== "undefined") {
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void write());
}
