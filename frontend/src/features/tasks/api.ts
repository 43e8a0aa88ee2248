import { queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../shared/api/client";
import { liveQueryFn } from "../../shared/live/ring";

export type Task = Schema<"TaskOut">;
export type Column = Schema<"ColumnOut">;
export type Label = Schema<"LabelOut">;
export type TaskPatch = Schema<"TaskPatch">;
export type Priority = Task["priority"];
export type BoardAbilities = Schema<"BoardAbilities">;
export type Person = Schema<"PersonOut">;

export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];

export const keys = {
  tasks: (workspaceId: string) => ["tasks", workspaceId] as const,
  columns: (workspaceId: string) => ["task-columns", workspaceId] as const,
  bin: (workspaceId: string) => ["task-bin", workspaceId] as const,
  labels: (workspaceId: string) => ["task-labels", workspaceId] as const,
  /** The same list as in the room of the members, under the same name. */
  members: (workspaceId: string) => ["members", workspaceId] as const,
};

const inWorkspace = (workspace_id: string) => ({ path: { workspace_id } });
const ofTask = (task_id: string) => ({ path: { task_id } });
const PAGE = 500;

/** All tasks of a board; the order of a column is that of `rank`. */
export const tasksQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.tasks(workspaceId),
    queryFn: liveQueryFn(async ({ signal, client }) => {
      const isFirst = client.getQueryData(keys.tasks(workspaceId)) === undefined;
      const items: Task[] = [];
      let cursor: string | null = null;
      do {
        const query: { limit: number; cursor?: string } = cursor === null ? { limit: PAGE } : { limit: PAGE, cursor };
        const page: Schema<"TasksOut"> = await answer(
          http.GET("/api/v1/workspaces/{workspace_id}/tasks", {
            params: { ...inWorkspace(workspaceId), query },
            signal,
          }),
        );
        items.push(...page.items);
        cursor = page.next;
        // a long board is drawn from its first page on; the whole answer replaces it
        if (isFirst && cursor !== null) client.setQueryData(keys.tasks(workspaceId), { items: [...items] });
      } while (cursor !== null);
      return { items };
    }),
  });

/** What was deleted and can come back. */
export const binQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.bin(workspaceId),
    queryFn: ({ signal }) =>
      answer(
        http.GET("/api/v1/workspaces/{workspace_id}/tasks", {
          params: { ...inWorkspace(workspaceId), query: { bin: true, limit: PAGE } },
          signal,
        }),
      ),
    staleTime: 0,
  });

export const columnsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.columns(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/columns", { params: inWorkspace(workspaceId), signal })),
    ),
  });

export const labelsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.labels(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/labels", { params: inWorkspace(workspaceId), signal })),
    ),
  });

/** Who can be given a task: everybody here but the guests. */
export const membersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.members(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/members", { params: inWorkspace(workspaceId), signal })),
    ),
  });

export interface NewTask {
  id: string;
  title: string;
  column_id: string;
}

export const createTask = (workspaceId: string, { id, title, column_id }: NewTask): Promise<Task> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/tasks", {
      params: inWorkspace(workspaceId),
      body: { id, title, column_id, description: "", priority: "normal", assignee_ids: [], label_ids: [] },
      headers: idempotent(id),
    }),
  );

export type NewTaskFields = Required<Pick<Schema<"TaskIn">, "title" | "description" | "assignee_ids" | "due_date" | "origin">>;

/** A task in one go, of another thing or of none. */
export const addTask = (workspaceId: string, id: string, fields: NewTaskFields): Promise<Task> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/tasks", {
      params: inWorkspace(workspaceId),
      body: { id, priority: "normal", label_ids: [], ...fields },
      headers: idempotent(id),
    }),
  );

/** Only the changed fields. `seen`: the version on which they were changed; a lost race is then refused. */
export const changeTask = (id: string, body: Partial<TaskPatch>, seen?: number): Promise<Task> =>
  answer(
    http.PATCH("/api/v1/tasks/{task_id}", {
      params: ofTask(id),
      body: body as TaskPatch, // the edge: absent lists have a default
      ...(seen !== undefined && { headers: { "If-Match": `"${seen}"` } }),
    }),
  );

export const moveTask = (id: string, body: Schema<"TaskMove">): Promise<Task> =>
  answer(http.POST("/api/v1/tasks/{task_id}/move", { params: ofTask(id), body }));
export const deleteTask = (id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/tasks/{task_id}", { params: ofTask(id) }));
export const restoreTask = (id: string): Promise<Task> =>
  answer(http.POST("/api/v1/tasks/{task_id}/restore", { params: ofTask(id) }));

export const addColumn = (workspaceId: string, id: string, name: string): Promise<Column> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/columns", {
      params: inWorkspace(workspaceId),
      body: { id, name, done: false },
      headers: idempotent(id),
    }),
  );
export const changeColumn = (column_id: string, body: Schema<"ColumnPatch">): Promise<Column> =>
  answer(http.PATCH("/api/v1/columns/{column_id}", { params: { path: { column_id } }, body }));
export const deleteColumn = (column_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/columns/{column_id}", { params: { path: { column_id } } }));

export const addLabel = (workspaceId: string, id: string, name: string, color: number): Promise<Label> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/labels", {
      params: inWorkspace(workspaceId),
      body: { id, name, color },
      headers: idempotent(id),
    }),
  );
