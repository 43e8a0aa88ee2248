/** Uploads that the browser remembers (IndexedDB). Sign-out clears them with everything else. */
import type { Decision } from "../api";

export interface Kept {
  id: string;
  userId: string;
  workspaceId: string;
  parentId: string | null;
  /** The document that gets a new version. */
  nodeId: string | null;
  name: string;
  size: number;
  modified: number;
  sent: number;
  /** Where the server receives it. */
  url: string | null;
  file: File | null;
  decision: Decision | null;
  /** « Apply to all » said no. */
  skip?: boolean;
  at: number;
}

const NAME = "plano-uploads";
const DAY = 86_400_000;
let opening: Promise<IDBDatabase | null> | null = null;

function database(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("uploads", { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null); // private window: uploads work, they are only not remembered
    }
  });
  return opening;
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  const base = await database();
  if (!base) return null;
  return new Promise((resolve) => {
    try {
      const request = act(base.transaction("uploads", mode).objectStore("uploads"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

/** Remembers an upload; its bytes too, up to `limit`. */
export async function keep(kept: Kept, limit: number): Promise<void> {
  const { id, userId, workspaceId, parentId, nodeId, name, size, modified, sent, url, decision, at } = kept;
  const file = kept.file && size <= limit ? kept.file : null;
  const record: Kept = { id, userId, workspaceId, parentId, nodeId, name, size, modified, sent, url, file, decision, at };
  await run("readwrite", (store) => store.put(record));
}

export async function forget(id: string): Promise<void> {
  await run("readwrite", (store) => store.delete(id));
}

/** What this person left; older than a day is forgotten, as on the server. */
export async function recall(userId: string): Promise<Kept[]> {
  const all = ((await run("readonly", (store) => store.getAll())) ?? []) as Kept[];
  const mine: Kept[] = [];
  for (const kept of all) {
    if (Date.now() - kept.at > DAY) await forget(kept.id);
    else if (kept.userId === userId) mine.push(kept);
  }
  return mine.sort((a, b) => a.at - b.at);
}
