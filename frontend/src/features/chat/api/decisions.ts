/** The register of decisions. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../../shared/api/client";

export type Decision = Schema<"DecisionOut">;
export type DecisionChange = Schema<"DecisionChangeOut">;
export type Standing = Decision["status"];

export const STANDINGS: readonly Standing[] = ["adopted", "replaced", "cancelled"];

export interface DecisionFilters {
  q?: string;
  channel_id?: string;
  person_id?: string;
  since?: string;
  until?: string;
  status?: Standing;
}

const ofDecision = (decision_id: string) => ({ path: { decision_id } });

export const decisionKeys = {
  all: ["chat", "decisions"] as const,
  list: (workspaceId: string, filters: DecisionFilters) => ["chat", "decisions", workspaceId, filters] as const,
  one: (id: string) => ["chat", "decision", id] as const,
};

/** A page after another of what was decided, the latest first. */
export const decisionsQuery = (workspaceId: string, filters: DecisionFilters) =>
  infiniteQueryOptions({
    queryKey: decisionKeys.list(workspaceId, filters),
    queryFn: ({ signal, pageParam }) =>
      answer(
        http.GET("/api/v1/workspaces/{workspace_id}/decisions", {
          params: { path: { workspace_id: workspaceId }, query: { ...filters, limit: 50, ...(pageParam !== "" && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: decisionKeys.one(id),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/decisions/{decision_id}", { params: ofDecision(id), signal })),
    retry: false,
  });

export const decisionChangesQuery = (decision: Decision) =>
  queryOptions({
    queryKey: ["chat", "decision-changes", decision.id, decision.version] as const,
    queryFn: ({ signal }) => answer(http.GET("/api/v1/decisions/{decision_id}/changes", { params: ofDecision(decision.id), signal })),
  });

export const noteDecision = (channel_id: string, body: Schema<"NewDecisionIn"> & { id: string }): Promise<Decision> =>
  answer(http.POST("/api/v1/channels/{channel_id}/decisions", { params: { path: { channel_id } }, body, headers: idempotent(body.id) }));

/** `seen`: the version on which it was changed; a lost race is refused. */
export const changeDecision = (id: string, seen: number, body: Schema<"DecisionPatch">): Promise<Decision> =>
  answer(http.PATCH("/api/v1/decisions/{decision_id}", { params: ofDecision(id), body, headers: { "If-Match": `"${seen}"` } }));

/** The address of what is taken away, as it is filtered. */
export function exportOf(workspaceId: string, filters: DecisionFilters, form: "csv" | "odt"): string {
  const query = new URLSearchParams({ form });
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, String(value));
  return `/api/v1/workspaces/${workspaceId}/decisions/export?${query.toString()}`;
}
