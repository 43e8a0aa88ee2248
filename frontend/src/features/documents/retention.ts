/** What becomes of documents of a folder that nobody changes. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import type { Fold } from "../../shared/live/frames";

export type Rule = Schema<"RetentionOut">;
export type RuleForMe = Schema<"RetentionForMe">;
export type RuleIn = Schema<"RetentionIn">;

export const retentionKeys = {
  all: ["documents-retention"] as const,
  node: (nodeId: string) => ["documents-retention", nodeId] as const,
  tried: (nodeId: string, rule: RuleIn) => ["documents-retention-tried", nodeId, rule] as const,
};

const at = (node_id: string): { path: { node_id: string } } => ({ path: { node_id } });

export const retentionQuery = (nodeId: string) =>
  queryOptions({
    queryKey: retentionKeys.node(nodeId),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/nodes/{node_id}/retention", { params: at(nodeId), signal })),
    staleTime: 0,
    retry: false,
  });

/** What a rule would do today; nothing is done. */
export const triedQuery = (nodeId: string, rule: RuleIn) =>
  queryOptions({
    queryKey: retentionKeys.tried(nodeId, rule),
    queryFn: ({ signal }) => answer(http.POST("/api/v1/nodes/{node_id}/retention/dry-run", { params: at(nodeId), body: rule, signal })),
    staleTime: 0,
    retry: false,
  });

export const setRetention = (nodeId: string, rule: RuleIn, known: Rule | null): Promise<RuleForMe> =>
  answer(
    http.PUT("/api/v1/nodes/{node_id}/retention", {
      params: at(nodeId),
      body: rule,
      ...(known && { headers: { "If-Match": `"${known.version}"` } }),
    }),
  );
export const dropRetention = (nodeId: string): Promise<unknown> => answer(http.DELETE("/api/v1/nodes/{node_id}/retention", { params: at(nodeId) }));

/** A rule reaches down to where another begins: whoever looks asks which one holds. */
export const retentionFolds: Fold<"documents.retention"> = {
  changed: (cache) => void cache.invalidateQueries({ queryKey: retentionKeys.all }),
  removed: (cache) => void cache.invalidateQueries({ queryKey: retentionKeys.all }),
};
