/** Threads that I follow: the server's count at one number, and what frames told since. Pure, safe to repeat. */
import type { Message, Thread, ThreadPlace } from "../api";

type Threads = readonly Thread[];

/** A message changed: the one that opened a thread, or an answer that is new. */
export function hearIn(threads: Threads, message: Message): Threads {
  let changed = false;
  const next = threads.map((thread) => {
    const heard = message.id === thread.id ? asRoot(thread, message) : message.thread_id === thread.id ? asAnswer(thread, message) : thread;
    changed ||= heard !== thread;
    return heard;
  });
  return changed ? next : threads;
}

/** My place as the server counts it. Null: this thread is not held, and has to be asked for. */
export function placeIn(threads: Threads, place: ThreadPlace): Threads | null {
  const held = threads.find((thread) => thread.id === place.id);
  if (!held) return place.following ? null : threads;
  if (place.version < held.version) return threads;
  if (!place.following) return threads.filter((thread) => thread !== held);
  const later = place.last_seq < held.last_seq && place.version === held.version;
  return later ? threads : threads.map((thread) => (thread === held ? { ...thread, ...place } : thread));
}

function asRoot(thread: Thread, message: Message): Thread {
  return message.version > thread.root.version ? { ...thread, root: message } : thread;
}

function asAnswer(thread: Thread, message: Message): Thread {
  if (message.seq <= thread.last_seq || message.deleted_at !== null) return thread;
  return { ...thread, last_seq: message.seq, unread: Math.min(100, thread.unread + (message.seq > thread.seq ? 1 : 0)) };
}
