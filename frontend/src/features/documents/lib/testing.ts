/** Nodes for tests. */
import type { Listing, Node } from "../api";

const person = { id: "u", name: "Alice", avatar_url: null, color: 1, version: 1, guest: false };

export function node(id: string, fields: Partial<Node> = {}): Node {
  return {
    id, workspace_id: "w", scope_id: "w", parent_id: null, kind: "document", name: `${id}.txt`, access: "inherited",
    created_at: "2026-11-20T10:00:00Z", created_by: person, modified_at: "2026-11-20T10:00:00Z", modified_by: person, size: 1,
    media_type: "text/plain", sha256: "", content_version: 1, state: "unscanned", thumbnail: false, lock: null, depositor: "", description: "", tags: [], fields: {}, open_comments: 0, version: 1, ...fields,
  };
}

export function listing(items: Node[], fields: Partial<Listing> = {}): Listing {
  return { items, next: null, abilities: {}, scopes: {}, counts: {}, folder: null, path: [], ...fields };
}
