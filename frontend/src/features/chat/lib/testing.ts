/** Made-up messages for tests. */
import type { Message } from "../api";

export function message(seq: number, fields: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    channel_id: "c",
    thread_id: null,
    seq,
    author: { id: "bruno", name: "Bruno", avatar_url: null, color: 1, version: 1, guest: false, robot: false },
    text: `n° ${seq}`,
    mentions: [],
    created_at: "2026-11-23T09:00:00Z",
    edited_at: null,
    deleted_at: null,
    reply_count: 0,
    last_reply_at: null,
    repliers: [],
    in_channel: false,
    system: null,
    poll: null,
    reactions: [],
    made: [],
    files: [],
    pinned: null,
    version: 1,
    ...fields,
  };
}
