import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import type { paths } from "../../shared/api/schema";
import { liveQueryFn } from "../../shared/live/ring";

export type Desk = Schema<"DeskOut">;
export type Home = Schema<"HomeOut">;
export type Task = Schema<"TaskOut">;
export type Occurrence = Schema<"OccurrenceOut">;
export type Meeting = Schema<"MeetingOut">;
export type MessageLine = Schema<"MessageLine">;
export type Place = Schema<"PlaceOut">;
export type DeskNode = Schema<"NodeOut">;
export type Hit = Schema<"Hit">;
export type GroupName = Schema<"HitGroup">["name"];

export const GROUPS: readonly GroupName[] = ["documents", "tasks", "events", "decisions", "channels", "messages", "meetings", "people", "workspaces"];
export const SHORTEST = 2;

export const keys = {
  all: ["desk"] as const,
  mine: ["desk", "mine"] as const,
  homes: ["desk", "home"] as const,
  home: (workspaceId: string) => ["desk", "home", workspaceId] as const,
  search: (text: string, kind: string, workspaceId: string) => ["search", text, kind, workspaceId] as const,
  /** What was opened from the search, kept in memory only. */
  opened: ["search-opened"] as const,
  access: (workspaceId: string) => ["desk-access", workspaceId] as const,
  /** The same list as in the room of the members, under the same name. */
  members: (workspaceId: string) => ["members", workspaceId] as const,
};

const inWorkspace = (workspace_id: string) => ({ path: { workspace_id } });

/** Frames keep it fresh while it is shown; coming back to it asks again. */
export const deskQuery = queryOptions({
  queryKey: keys.mine,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/desk", { signal }))),
  staleTime: 0,
});

export const homeQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.home(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/home", { params: inWorkspace(workspaceId), signal })),
    ),
    staleTime: 0,
  });

/** « Qui y a accès ? » of the workspace itself. */
export const accessQuery = (workspaceId: string) => ({
  queryKey: keys.access(workspaceId),
  queryFn: ({ signal }: { signal: AbortSignal }): Promise<Schema<"AccessOut">> =>
    answer(http.GET("/api/v1/workspaces/{workspace_id}/access", { params: inWorkspace(workspaceId), signal })),
  staleTime: 0,
});

/** My workspaces, as the list of them holds them. */
export const workspacesQuery = queryOptions({
  queryKey: ["workspaces"] as const,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/workspaces", { signal }))),
});

export const membersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.members(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/members", { params: inWorkspace(workspaceId), signal })),
    ),
  });

export type Family = NonNullable<NonNullable<paths["/api/v1/search"]["get"]["parameters"]["query"]>["family"]>;
export const FAMILIES: readonly Family[] = ["text", "sheet", "slides", "pdf", "image", "media", "archive", "folder"];

/** What narrows documents; the empty ones do not. `since` is a plain date. */
export interface Filters {
  family?: Family;
  author_id?: string;
  since?: string;
  tag?: string;
  /** `<field>:<value>`, of the workspace chosen. */
  field?: string[];
}

/** What documents of a workspace can be narrowed by; the same list as in the library, under the same name. */
export const fieldsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ["document-fields", workspaceId] as const,
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/fields", { params: { path: { workspace_id: workspaceId } }, signal })),
    ),
    retry: false,
  });

/** Things by their names, documents also by the words inside; the last answer stays while the next one comes. */
export const searchQuery = (text: string, kind: GroupName | "" = "", workspaceId = "", filters: Filters = {}) =>
  queryOptions({
    queryKey: [...keys.search(text, kind, workspaceId), filters] as const,
    queryFn: ({ signal }) =>
      answer(
        http.GET("/api/v1/search", {
          params: {
            query: {
              q: text,
              ...(kind !== "" && { kinds: [kind] }),
              ...(workspaceId !== "" && { workspace_id: workspaceId }),
              ...filters,
            },
          },
          signal,
        }),
      ),
    staleTime: 10_000,
    gcTime: 60_000,
    enabled: text.length >= SHORTEST,
    placeholderData: keepPreviousData,
  });

/** I have seen what goes on here; sent even while the page closes. */
export const markVisit = (workspaceId: string): Promise<unknown> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/visit", { params: inWorkspace(workspaceId), keepalive: true }));

/** At the end of the first column of a board. */
export const addTask = (
  workspaceId: string,
  task: Pick<Schema<"TaskIn">, "id" | "title" | "due_date" | "assignee_ids">,
): Promise<Task> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/tasks", {
      params: inWorkspace(workspaceId),
      body: task as Schema<"TaskIn">, // the edge: absent fields have a default
    }),
  );
export const completeTask = (task_id: string): Promise<Task> =>
  answer(
    http.PATCH("/api/v1/tasks/{task_id}", {
      params: { path: { task_id } },
      body: { completed: true } as Schema<"TaskPatch">, // the edge: absent lists have a default
    }),
  );
/** Back to the column where it stood. */
export const reopenTask = (task_id: string, column_id: string): Promise<Task> =>
  answer(http.POST("/api/v1/tasks/{task_id}/move", { params: { path: { task_id } }, body: { column_id } }));
