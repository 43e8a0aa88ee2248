/** What must survive a reload before the server has it: messages to send and drafts, in the browser's database. */
import type { Attached } from "../../../shared/library/onTheirWay";

export interface Waiting {
  id: string;
  user: string;
  channel: string;
  thread: string | null;
  text: string;
  mentions: { id: string; name: string }[];
  /** An answer that the channel shows too. */
  inChannel?: boolean;
  /** All, or the managers, are named; `confirmed` when they are many. */
  groups?: ("all" | "managers")[];
  confirmed?: boolean;
  /** It rings out of hours: asked for, and counted. */
  urgent?: boolean;
  /** What it carries; it goes when all of it is there. */
  files?: Attached[];
  at: number;
  /** What its author called the place, to say where it goes while nothing can be fetched. */
  place?: string;
  /** Why the server refused it; null while it waits for its turn. */
  refused: string | null;
}

export interface LocalDraft {
  key: string;
  user: string;
  text: string;
  files?: Attached[];
  /** It was sent: what the server still holds of these words goes. */
  sent?: string;
}

const NAME = "plano-chat";
type Room = "outbox" | "drafts";

let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("outbox", { keyPath: "id" });
      request.result.createObjectStore("drafts", { keyPath: "key" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("indexeddb"));
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function within<T>(room: Room, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(room, mode);
    const request = act(transaction.objectStore(room));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error("indexeddb"));
  });
}

/** The messages of a person that have not gone, oldest first. */
export async function waitingOf(user: string): Promise<Waiting[]> {
  const all = (await within("outbox", "readonly", (store) => store.getAll())) as Waiting[];
  return all.filter((one) => one.user === user).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

export const keepWaiting = (one: Waiting): Promise<unknown> => within("outbox", "readwrite", (store) => store.put(one));
export const dropWaiting = (id: string): Promise<unknown> => within("outbox", "readwrite", (store) => store.delete(id));

export const keepLocalDraft = (draft: LocalDraft): Promise<unknown> =>
  within("drafts", "readwrite", (store) => store.put(draft));
export const dropLocalDraft = (key: string): Promise<unknown> =>
  within("drafts", "readwrite", (store) => store.delete(key));
export const localDraft = async (key: string): Promise<LocalDraft | undefined> =>
  (await within("drafts", "readonly", (store) => store.get(key))) as LocalDraft | undefined;

/** Nothing of anybody stays on this machine: at sign-out. */
export async function forgetChat(): Promise<void> {
  await within("outbox", "readwrite", (store) => store.clear());
  await within("drafts", "readwrite", (store) => store.clear());
}
