/** Share links: those who keep them. What an outsider asks is in `shared.ts`. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { dayKey, timeZone } from "../../shared/lib/dates";

export type Share = Schema<"ShareForMe">;
export type ShareMade = Schema<"ShareMade">;
export type ShareUse = Schema<"ShareUseOut">;
export type ShareIn = Schema<"ShareIn">;
export type SharePatch = Schema<"SharePatch">;

export const shareKeys = {
  sharing: (workspaceId: string) => ["documents-sharing", workspaceId] as const,
  all: ["documents-shares"] as const,
  node: (nodeId: string) => ["documents-shares", "node", nodeId] as const,
  workspace: (workspaceId: string) => ["documents-shares", "workspace", workspaceId] as const,
  uses: (id: string, uses: number) => ["documents-share-uses", id, uses] as const,
};

const of = (share_id: string): { path: { share_id: string } } => ({ path: { share_id } });

export const sharingQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: shareKeys.sharing(workspaceId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/sharing", { params: { path: { workspace_id: workspaceId } }, signal })),
    staleTime: 0,
  });

export const nodeSharesQuery = (nodeId: string) =>
  queryOptions({
    queryKey: shareKeys.node(nodeId),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/nodes/{node_id}/shares", { params: { path: { node_id: nodeId } }, signal })),
    staleTime: 0,
  });

/** All of them: the managers' list is short. */
export const workspaceSharesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: shareKeys.workspace(workspaceId),
    queryFn: async ({ signal }): Promise<Share[]> => {
      const found: Share[] = [];
      let cursor: string | null = null;
      do {
        const query: { cursor?: string } = cursor === null ? {} : { cursor };
        const page: Schema<"Page_ShareForMe_"> = await answer(
          http.GET("/api/v1/workspaces/{workspace_id}/shares", { params: { path: { workspace_id: workspaceId }, query }, signal }),
        );
        found.push(...page.items);
        cursor = page.next ?? null;
      } while (cursor !== null);
      return found;
    },
    staleTime: 0,
  });

export const usesQuery = (share: Share) =>
  queryOptions({
    queryKey: shareKeys.uses(share.id, share.uses),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/shares/{share_id}/uses", { params: of(share.id), signal })),
    staleTime: 0,
  });

export const setSharing = (workspace_id: string, links: boolean): Promise<unknown> =>
  answer(http.PUT("/api/v1/workspaces/{workspace_id}/sharing", { params: { path: { workspace_id } }, body: { links } }));
export const createShare = (node_id: string, body: ShareIn): Promise<ShareMade> =>
  answer(http.POST("/api/v1/nodes/{node_id}/shares", { params: { path: { node_id } }, body }));
export const changeShare = (id: string, body: SharePatch): Promise<Share> =>
  answer(http.PATCH("/api/v1/shares/{share_id}", { params: of(id), body }));
export const stopShare = (id: string): Promise<unknown> => answer(http.DELETE("/api/v1/shares/{share_id}", { params: of(id) }));
export const addressOf = async (id: string): Promise<string | null> =>
  (await answer(http.GET("/api/v1/shares/{share_id}/address", { params: of(id) }))).url;

const DAY = 86_400_000;

/** How far a zone's clocks are ahead of UTC at an instant. */
function ahead(instant: number): number {
  const there = new Date(instant).toLocaleString("sv-SE", { timeZone: timeZone() });
  return Date.parse(`${there.replace(" ", "T")}Z`) - instant;
}

/** « 2026-12-24 » means until the end of that day, in the person's time zone. */
export function endOf(day: string): string {
  const end = Date.parse(`${day}T23:59:59Z`);
  return new Date(end - ahead(end - ahead(end))).toISOString();
}

/** The day in a date field, `days` from now. */
export function dayIn(days: number, from: number = Date.now()): string {
  return dayKey(from + days * DAY);
}
