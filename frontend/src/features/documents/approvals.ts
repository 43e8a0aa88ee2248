/** Requests to approve a version or to confirm reading it: the requests to the server, and what they mean to who looks. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { dayKey, dayName, plainDate } from "../../shared/lib/dates";
import { upsertInto } from "../../shared/live/cache";
import type { Fold } from "../../shared/live/frames";
import { liveQueryFn } from "../../shared/live/ring";

export type Approval = Schema<"ApprovalOut">;
export type Asked = Schema<"AskedOut">;
export type Mark = Schema<"ApprovalMark">;
export type Marks = Schema<"ApprovalMarks">;
export type NodeApprovals = Schema<"NodeApprovals">;
export type ApprovalPage = Schema<"ApprovalPage">;
export type ApprovalAbilities = Schema<"ApprovalAbilities">;
export type ApprovalIn = Schema<"ApprovalIn">;
export type Answer = Schema<"ApprovalAnswerIn">["answer"];
export type Which = "open" | "late" | "done" | "all";

export const MOST_PEOPLE = 50;

export const approvalKeys = {
  nodes: ["documents-approvals", "node"] as const,
  node: (nodeId: string) => ["documents-approvals", "node", nodeId] as const,
  workspaces: ["documents-approvals", "workspace"] as const,
  workspace: (workspaceId: string, which: Which) => ["documents-approvals", "workspace", workspaceId, which] as const,
  marks: ["documents-approval-marks"] as const,
  marksOf: (workspaceId: string, parentId: string | null) => ["documents-approval-marks", workspaceId, parentId ?? "top"] as const,
};

const at = (approval_id: string): { path: { approval_id: string } } => ({ path: { approval_id } });

export const nodeApprovalsQuery = (nodeId: string) =>
  queryOptions({
    queryKey: approvalKeys.node(nodeId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/nodes/{node_id}/approvals", { params: { path: { node_id: nodeId } }, signal })),
    ),
    staleTime: 0,
    retry: false,
  });

/** All of them: page after page. */
export const workspaceApprovalsQuery = (workspaceId: string, which: Which) =>
  queryOptions({
    queryKey: approvalKeys.workspace(workspaceId, which),
    queryFn: async ({ signal }): Promise<ApprovalPage> => {
      const pages: ApprovalPage[] = [];
      let cursor: string | null = null;
      do {
        const query: { which: Which; cursor?: string } = cursor === null ? { which } : { which, cursor };
        const params = { path: { workspace_id: workspaceId }, query };
        const page: ApprovalPage = await answer(http.GET("/api/v1/workspaces/{workspace_id}/approvals", { params, signal }));
        pages.push(page);
        cursor = page.next;
      } while (cursor !== null);
      return pages.reduce((whole, page) => ({ ...page, items: [...whole.items, ...page.items], nodes: [...whole.nodes, ...page.nodes] }));
    },
    staleTime: 0,
  });

/** What the rows of a folder say. */
export const marksQuery = (workspaceId: string, parentId: string | null) =>
  queryOptions({
    queryKey: approvalKeys.marksOf(workspaceId, parentId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(
        http.GET("/api/v1/workspaces/{workspace_id}/approvals/marks", {
          params: { path: { workspace_id: workspaceId }, query: parentId === null ? {} : { parent_id: parentId } },
          signal,
        }),
      ),
    ),
    retry: false,
  });

export const askApproval = (node_id: string, body: ApprovalIn): Promise<Approval> =>
  answer(http.POST("/api/v1/nodes/{node_id}/approvals", { params: { path: { node_id } }, body }));
const ifMatch = (approval: Approval) => ({ "If-Match": `"${approval.version}"` });
export const changeApproval = (approval: Approval, body: Schema<"ApprovalPatch">): Promise<Approval> =>
  answer(http.PATCH("/api/v1/approvals/{approval_id}", { params: at(approval.id), body, headers: ifMatch(approval) }));
export const cancelApproval = (id: string): Promise<Approval> =>
  answer(http.POST("/api/v1/approvals/{approval_id}/cancel", { params: at(id) }));
export const noteOpened = (id: string): Promise<unknown> => answer(http.POST("/api/v1/approvals/{approval_id}/opened", { params: at(id) }));
export const giveAnswer = (approval: Approval, what: Answer, comment: string): Promise<Approval> =>
  answer(
    http.PUT("/api/v1/approvals/{approval_id}/answer", {
      params: at(approval.id),
      body: { answer: what, comment, sha256: approval.sha256 },
    }),
  );

export const exportUrl = (approval: Approval): string => `/api/v1/approvals/${approval.id}/export`;
export const proofUrl = (approval: Approval): string => `/api/v1/approvals/${approval.id}/attestation`;

/** My line in a request. */
export function mineIn(approval: Approval, me: string): Asked | undefined {
  return approval.asked.find((line) => line.person.id === me);
}

/** Open, and its day is over where I am. */
export function isLate(approval: Pick<Approval, "state" | "due">, now: number): boolean {
  return approval.state === "open" && approval.due < dayKey(now);
}

/** « jeudi 26 nov. » */
export function dueWords(due: string, now: number): string {
  return dayName(plainDate(due), now);
}

/** What a row says of a request. */
export function markOf({ id, node_id, number, purpose, state, due, done, total, version }: Approval): Mark {
  return { id, node_id, number, purpose, state, due, done, total, version };
}

/** The one of two requests that a row tells of: the open one, else the later one. Ids grow with time. */
export function told(a: Mark, b: Mark): Mark {
  if ((a.state === "open") !== (b.state === "open")) return a.state === "open" ? a : b;
  return a.id > b.id ? a : b;
}

/** A request as it is now: folded into what is held; lists of a workspace say themselves where it belongs. */
export function heardApproval(cache: QueryClient, approval: Approval): void {
  upsertInto<Approval>(cache, approvalKeys.node(approval.node_id), approval, { insert: "start" });
  void cache.invalidateQueries({ queryKey: approvalKeys.workspaces });
  let known = false;
  for (const [key, marks] of cache.getQueriesData<Marks>({ queryKey: approvalKeys.marks })) {
    const held = marks?.items[approval.node_id];
    if (!marks || !held || approval.state === "cancelled") continue;
    known = true;
    const mark = markOf(approval);
    const next = held.id !== mark.id ? told(held, mark) : held.version > mark.version ? held : mark;
    if (next !== held) cache.setQueryData<Marks>(key, { items: { ...marks.items, [approval.node_id]: next } });
  }
  // one that no row told of yet, or that an older one follows again
  if (!known || approval.state !== "open") void cache.invalidateQueries({ queryKey: approvalKeys.marks });
}

export const approvalFolds: Fold<"documents.approval"> = {
  changed: heardApproval,
  removed: (cache) => void cache.invalidateQueries({ queryKey: ["documents-approvals"] }),
};
