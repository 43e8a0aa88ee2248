/** Fields of a workspace, their values, and lists narrowed by them: requests, keys, folds. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { dropFrom, upsertInto } from "../../shared/live/cache";
import { liveQueryFn } from "../../shared/live/ring";
import type { NodeForMe } from "./api";
import { askSoon } from "./lib/soon";

export type Field = Schema<"FieldOut">;
export type FieldKind = Field["kind"];
export type Fields = Schema<"FieldsOut">;
export type FieldValue = string | number;
export type FilteredPage = Schema<"FilteredPage">;
export type Option = { id?: string; name: string };

export const FIELD_KINDS: readonly FieldKind[] = ["text", "number", "date", "choice", "person"];
export const FAMILIES = ["folder", "text", "sheet", "slides", "pdf", "image", "media", "archive"] as const;
export type Family = (typeof FAMILIES)[number];

export const fieldKeys = {
  all: ["document-fields"] as const,
  of: (workspaceId: string) => ["document-fields", workspaceId] as const,
  filtered: (workspaceId: string) => ["document-filtered", workspaceId] as const,
};

/** What documents of a workspace can be described and narrowed by. */
export const fieldsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: fieldKeys.of(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/fields", { params: { path: { workspace_id: workspaceId } }, signal })),
    ),
  });

/** What narrows a list; `values` by field, as the address says them. */
export interface Filter {
  family: Family | null;
  tag: string | null;
  values: Readonly<Record<string, string>>;
}
export const NO_FILTER: Filter = { family: null, tag: null, values: {} };

export const isActive = (filter: Filter): boolean => filter.family !== null || filter.tag !== null || Object.values(filter.values).some((value) => value !== "");

/** All that a filter finds below a folder, page after page. */
export const filteredQuery = (workspaceId: string, folderId: string | null, { family, tag, values }: Filter) => {
  const field = Object.entries(values).flatMap(([id, value]) => (value === "" ? [] : [`${id}:${value}`]));
  return infiniteQueryOptions({
    queryKey: [...fieldKeys.filtered(workspaceId), folderId, family, tag, field] as const,
    queryFn: ({ signal, pageParam }: { signal: AbortSignal; pageParam: string }): Promise<FilteredPage> => {
      const query = {
        ...(folderId !== null && { under: folderId }),
        ...(family !== null && { family }),
        ...(tag !== null && { tag }),
        ...(field.length > 0 && { field }),
        ...(pageParam !== "" && { cursor: pageParam }),
      };
      return answer(http.GET("/api/v1/workspaces/{workspace_id}/nodes/filtered", { params: { path: { workspace_id: workspaceId }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (last: FilteredPage) => last.next,
    retry: false,
  });
};

const at = (workspace_id: string, field_id: string) => ({ path: { workspace_id, field_id } });

export const fillField = (node_id: string, field: string, value: FieldValue | null): Promise<NodeForMe> =>
  answer(http.PATCH("/api/v1/nodes/{node_id}/fields", { params: { path: { node_id } }, body: { values: { [field]: value } } }));

export const createField = (workspace_id: string, body: { id: string; kind: FieldKind; name: string; options: Option[] }): Promise<Field> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/fields", { params: { path: { workspace_id } }, body }));

/** Options are sent whole, so that somebody else's newer ones refuse them (412); a name is not. */
export const updateField = ({ workspace_id, id, version }: Field, body: { name?: string; options?: Option[] }): Promise<Field> => {
  const headers = body.options ? { "If-Match": `"${version}"` } : {};
  return answer(http.PATCH("/api/v1/workspaces/{workspace_id}/fields/{field_id}", { params: at(workspace_id, id), body, headers }));
};

export const orderFields = (workspace_id: string, ids: string[]): Promise<Fields> =>
  answer(http.PUT("/api/v1/workspaces/{workspace_id}/fields/order", { params: { path: { workspace_id } }, body: { ids } }));

export const deleteField = ({ workspace_id, id }: Field): Promise<unknown> =>
  answer(http.DELETE("/api/v1/workspaces/{workspace_id}/fields/{field_id}", { params: at(workspace_id, id) }));

export const fieldUse = async ({ workspace_id, id }: Field): Promise<number> =>
  (await answer(http.GET("/api/v1/workspaces/{workspace_id}/fields/{field_id}/use", { params: at(workspace_id, id) }))).count;

const inOrder = (a: Field, b: Field): number => a.position - b.position || a.id.localeCompare(b.id);

export const fieldFolds = {
  changed: (cache: QueryClient, field: Field): void => upsertInto<Field>(cache, fieldKeys.of(field.workspace_id), field, { order: inOrder }),
  removed: (cache: QueryClient, { id }: { id: string; parent_id: string | null }): void => dropFrom(cache, fieldKeys.all, id),
};

/** A filtered list is read again when something changed, once for what comes together. */
export const filterAgain = (cache: QueryClient): void => askSoon(cache, ["document-filtered"]);
