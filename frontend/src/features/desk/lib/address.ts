/** Where things are. */
import type { Hit } from "../api";

export const documentAddress = (slug: string, id: string, parentId: string | null | undefined) =>
  parentId
    ? ({ to: "/w/$slug/documents/dossier/$nodeId", params: { slug, nodeId: parentId }, search: { doc: id } } as const)
    : ({ to: "/w/$slug/documents", params: { slug }, search: { doc: id } } as const);

/** A person is found where we work together. */
export function addressOf(hit: Hit) {
  const slug = hit.place?.slug;
  if (slug === undefined) return null;
  switch (hit.kind) {
    case "workspace":
      return { to: "/w/$slug", params: { slug } } as const;
    case "person":
      return { to: "/w/$slug/membres", params: { slug } } as const;
    case "folder":
      return { to: "/w/$slug/documents/dossier/$nodeId", params: { slug, nodeId: hit.id } } as const;
    case "document":
      return documentAddress(slug, hit.id, hit.parent_id);
    case "channel":
    case "conversation":
      return { to: "/w/$slug/discussions/$channelId", params: { slug, channelId: hit.id } } as const;
    case "message":
      return hit.parent_id ? ({ to: "/w/$slug/discussions/$channelId", params: { slug, channelId: hit.parent_id }, search: { message: hit.id } } as const) : null;
    case "decision":
      return { to: "/w/$slug/decisions", params: { slug }, search: { decision: hit.id } } as const;
    case "meeting":
      return { to: "/w/$slug/reunions/$meetingId", params: { slug, meetingId: hit.id } } as const;
    case "event":
      return { to: "/w/$slug/agenda", params: { slug }, search: { evenement: hit.id } } as const;
    case "task":
      return { to: "/w/$slug/taches", params: { slug }, search: { tache: hit.id } } as const;
  }
}
