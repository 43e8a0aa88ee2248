import { answer, http, type Schema } from "./client";

/** « Qui y a accès ? » of anything, by the scope that it belongs to. */
export const scopeAccess = (scope_id: string) => ({
  queryKey: ["scope-access", scope_id] as const,
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Schema<"AccessOut">> =>
    answer(http.GET("/api/v1/scopes/{scope_id}/access", { params: { path: { scope_id } }, signal })),
});
