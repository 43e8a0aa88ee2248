import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, problemIn, type Schema, send } from "../../shared/api/client";
import { liveQueryFn, refolded, ring } from "../../shared/live/ring";

export type Node = Schema<"NodeOut">;
export type NodeForMe = Schema<"NodeForMe">;
export type Listing = Schema<"NodePage">;
export type Version = Schema<"VersionOut">;
export type BinItem = Schema<"BinItem">;
export type NodeAccess = Schema<"NodeAccessOut">;
export type Abilities = Schema<"NodeAbilities">;
export type Step = Schema<"PathItem">;
export type Member = Schema<"MemberOut">;
export type Decision = Schema<"DecisionIn">["conflict"];
export type Affected = Schema<"Affected">;
export type Change = Pick<Schema<"EffectIn">, "change"> & Partial<Schema<"EffectIn">>;
export type GrantRole = Schema<"GrantIn">["role"];

const FIRST = 200;
const PAGE = 1000;

export const keys = {
  lists: (workspaceId: string) => ["documents", workspaceId, "folder"] as const,
  list: (workspaceId: string, parentId: string | null) => ["documents", workspaceId, "folder", parentId ?? "top"] as const,
  node: (id: string) => ["document", id] as const,
  versions: (id: string, version: number) => ["document-versions", id, version] as const,
  access: (id: string, version: number) => ["document-access", id, version] as const,
  bin: (workspaceId: string) => ["documents-bin", workspaceId] as const,
  library: (workspaceId: string) => ["documents-library", workspaceId] as const,
  members: (workspaceId: string) => ["members", workspaceId] as const,
  text: (id: string, version: number) => ["document-text", id, version] as const,
};

/**
 * All children of a folder. The first page is shown as soon as it is here, and what follows as it comes (`next` says
 * that there is more), each time twice as much: a folder of 10,000 is eleven requests and five renderings. When it is
 * read again the old rows stay until the new ones are complete.
 */
export const folderQuery = (workspaceId: string, parentId: string | null) =>
  queryOptions({
    queryKey: keys.list(workspaceId, parentId),
    structuralSharing: false, // comparing every node of a large folder with itself takes longer than drawing it
    queryFn: liveQueryFn(async ({ signal, client, queryKey }): Promise<Listing> => {
      const mark = ring.mark;
      const first = client.getQueryData(queryKey) === undefined;
      let whole = await folderPage(workspaceId, parentId, null, signal);
      for (let shown = 0; whole.next !== null; ) {
        if (first && whole.items.length >= shown * 2) {
          shown = whole.items.length;
          client.setQueryData<Listing>(queryKey, refolded(whole, mark, queryKey, client));
        }
        const page = await folderPage(workspaceId, parentId, whole.next, signal);
        whole = {
          ...page,
          items: whole.items.concat(page.items),
          counts: { ...whole.counts, ...page.counts },
          scopes: { ...whole.scopes, ...page.scopes },
        };
      }
      return whole;
    }),
  });

function folderPage(workspace_id: string, parent_id: string | null, cursor: string | null, signal: AbortSignal): Promise<Listing> {
  const query = { limit: cursor === null ? FIRST : PAGE, ...(parent_id !== null && { parent_id }), ...(cursor !== null && { cursor }) };
  return answer(http.GET("/api/v1/workspaces/{workspace_id}/nodes", { params: { path: { workspace_id }, query }, signal }));
}

const at = (node_id: string): { path: { node_id: string } } => ({ path: { node_id } });

export const nodeQuery = (id: string) =>
  queryOptions({
    queryKey: keys.node(id),
    queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/nodes/{node_id}", { params: at(id), signal }))),
    retry: false,
  });

export const versionsQuery = (node: Node) =>
  queryOptions({
    queryKey: keys.versions(node.id, node.version),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => answer(http.GET("/api/v1/nodes/{node_id}/versions", { params: at(node.id), signal })),
  });

/** Two versions of a text, line by line. */
export const compareQuery = (node: Node, before: number, after: number) =>
  queryOptions({
    queryKey: ["document-comparison", node.id, before, after] as const,
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/nodes/{node_id}/versions/compare", { params: { ...at(node.id), query: { before, after } }, signal })),
    retry: false,
  });

export const accessQuery = (node: Node) =>
  queryOptions({
    queryKey: keys.access(node.id, node.version),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/nodes/{node_id}/access", { params: at(node.id), signal })),
    staleTime: 0,
  });

/** Who gains and who loses access by a change that is not made yet. */
export const effectQuery = (node: Node, change: Change) =>
  queryOptions({
    queryKey: ["document-effect", node.id, node.version, change] as const,
    queryFn: ({ signal }) => answer(http.POST("/api/v1/nodes/{node_id}/effect", { params: at(node.id), body: change, signal })),
    staleTime: 0,
    retry: false,
  });

/** The workspaces where I may put documents. */
export const placesQuery = queryOptions({
  queryKey: ["workspaces"] as const,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/workspaces", { signal }))),
});

export const binQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.bin(workspaceId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/bin", { params: { path: { workspace_id: workspaceId } }, signal })),
    staleTime: 0,
  });

export const membersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.members(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/members", { params: { path: { workspace_id: workspaceId } }, signal })),
    ),
  });

/** The space taken, the limits, and whether there is an antivirus. */
export const libraryQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.library(workspaceId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/library", { params: { path: { workspace_id: workspaceId } }, signal })),
    staleTime: 300_000,
  });

/** What takes the space, for managers. */
export const spaceQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["documents-space", workspaceId] as const,
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/library/space", { params: { path: { workspace_id: workspaceId } }, signal })),
    staleTime: 0,
  });

export const TEXT_LIMIT = 400_000;

/** Where the bytes are; `version` for an older content. */
export function contentUrl(node: Node, options: { inline?: boolean; version?: number } = {}): string {
  const path = options.version === undefined ? "" : `/versions/${options.version}`;
  const query = options.inline ? `?inline=1&v=${node.content_version}` : "";
  return new URL(`/api/v1/nodes/${node.id}${path}/content${query}`, window.location.origin).href;
}

type NodeIn = Schema<"NodeIn">;
export const createFolder = (
  workspaceId: string,
  body: { id: string; name: string; parent_id: string | null; on_conflict?: NodeIn["on_conflict"]; restricted?: boolean },
): Promise<NodeForMe> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/nodes", {
      params: { path: { workspace_id: workspaceId } },
      body: { kind: "folder", on_conflict: "refuse", restricted: false, ...body },
    }),
  );

export const renameNode = (node: Node, name: string): Promise<NodeForMe> =>
  answer(
    http.PATCH("/api/v1/nodes/{node_id}", {
      params: at(node.id),
      body: { name, on_conflict: "refuse" },
      headers: { "If-Match": `"${node.version}"` },
    }),
  );

export const moveNode = (id: string, parent_id: string | null, keepBoth = false, workspace_id?: string): Promise<NodeForMe> =>
  answer(
    http.PATCH("/api/v1/nodes/{node_id}", {
      params: at(id),
      body: { parent_id, on_conflict: keepBoth ? "keep_both" : "refuse", ...(workspace_id === undefined ? {} : { workspace_id }) },
    }),
  );

export const deleteNode = (id: string): Promise<unknown> => answer(http.DELETE("/api/v1/nodes/{node_id}", { params: at(id) }));
/** Back where it was; with `place` into another folder (null: the top). */
export const restoreNode = (id: string, place?: string | null): Promise<Schema<"RestoredOut">> =>
  answer(http.POST("/api/v1/nodes/{node_id}/restore", { params: at(id), ...(place !== undefined && { body: { parent_id: place } }) }));
export const purgeNode = (id: string): Promise<Schema<"PurgedOut">> =>
  answer(http.DELETE("/api/v1/nodes/{node_id}/bin", { params: at(id) }));
export const describeNode = (id: string, body: Partial<Schema<"DetailsPatch">>): Promise<NodeForMe> =>
  answer(http.PATCH("/api/v1/nodes/{node_id}/details", { params: at(id), body }));
const version = (node_id: string, number: number) => ({ params: { path: { node_id, number } } });
export const describeVersion = (id: string, number: number, body: Partial<Schema<"VersionPatch">>): Promise<Version> =>
  answer(http.PATCH("/api/v1/nodes/{node_id}/versions/{number}", { ...version(id, number), body }));
export const deleteVersion = (id: string, number: number): Promise<unknown> =>
  answer(http.DELETE("/api/v1/nodes/{node_id}/versions/{number}", version(id, number)));
/** Beside the original, or to a place of any workspace. */
export const copyNode = (id: string, key: string, place: { workspace_id?: string; parent_id?: string | null } = {}): Promise<NodeForMe> =>
  answer(http.POST("/api/v1/nodes/{node_id}/copy", { params: at(id), body: place, headers: idempotent(key) }));
/** What goes with it, and whom that concerns, before it is deleted. */
export const deletionOf = (workspace_id: string, node_ids: string[]): Promise<Schema<"DeletionOut">> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/nodes/deletion", { params: { path: { workspace_id } }, body: { node_ids } }));
export const restoreVersion = (id: string, number: number): Promise<NodeForMe> =>
  answer(http.POST("/api/v1/nodes/{node_id}/versions/{number}/restore", { params: { path: { node_id: id, number } } }));

export const checkAgain = (id: string): Promise<NodeForMe> => answer(http.POST("/api/v1/nodes/{node_id}/check", { params: at(id) }));

export const setAccess = (id: string, open: boolean): Promise<NodeAccess> =>
  answer(http.PUT("/api/v1/nodes/{node_id}/access", { params: at(id), body: { open } }));
export const inheritAccess = (id: string): Promise<NodeAccess> =>
  answer(http.DELETE("/api/v1/nodes/{node_id}/access", { params: at(id) }));
export const grantAccess = (id: string, user_id: string, role: GrantRole): Promise<NodeAccess> =>
  answer(http.PUT("/api/v1/nodes/{node_id}/access/{user_id}", { params: { path: { node_id: id, user_id } }, body: { role } }));
export const revokeAccess = (id: string, user_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/nodes/{node_id}/access/{user_id}", { params: { path: { node_id: id, user_id } } }));

/** `base`: the version that the person saw of the document in the way. */
export const decideUpload = (upload_id: string, conflict: Decision, base: number | null): Promise<NodeForMe | undefined> =>
  answer(http.POST("/api/v1/uploads/{upload_id}/decision", { params: { path: { upload_id } }, body: { conflict, base } }));
/** The last request of an upload again, without bytes: what became of it. The document and the number of its version. */
export async function completeUpload(url: string, size: number): Promise<{ version: number; node: string | null }> {
  const headers = { "Tus-Resumable": "1.0.0", "Upload-Offset": String(size), "Content-Type": "application/offset+octet-stream" };
  const response = await send(new Request(new URL(url, window.location.origin), { method: "PATCH", headers }));
  if (!response.ok) throw await problemIn(response);
  return { version: Number(response.headers.get("Plano-Version") ?? 1), node: response.headers.get("Plano-Node") };
}
const folders = new Map<string, Promise<unknown>>();
/** The folder of a conversation's files, made when the first one needs it. */
export function folderOf(channel_id: string): Promise<unknown> {
  const known = folders.get(channel_id);
  if (known) return known;
  const asked = answer(http.PUT("/api/v1/channels/{channel_id}/folder", { params: { path: { channel_id } } }));
  folders.set(channel_id, asked);
  asked.catch(() => folders.delete(channel_id));
  return asked;
}
/** Mine that are not done, with what the server has of them. */
export const myUploads = async (): Promise<Schema<"UploadOut">[]> => (await answer(http.GET("/api/v1/uploads"))).items;
