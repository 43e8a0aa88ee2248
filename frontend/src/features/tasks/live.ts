import { dropFrom, upsertInto } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import { type Column, keys, type Label, type Task } from "./api";
import { byName, byRank } from "./lib/board";

export const folds = {
  "tasks.task": {
    changed: (cache, task) => upsertInto<Task>(cache, keys.tasks(task.workspace_id), task, { insert: "end" }),
    removed: (cache, { id }) => dropFrom(cache, ["tasks"], id),
  },
  "tasks.column": {
    changed: (cache, column) => upsertInto<Column>(cache, keys.columns(column.workspace_id), column, { order: byRank }),
    removed: (cache, { id }) => dropFrom(cache, ["task-columns"], id),
  },
  "tasks.label": {
    changed: (cache, label) => upsertInto<Label>(cache, keys.labels(label.workspace_id), label, { order: byName }),
    removed: (cache, { id }) => dropFrom(cache, ["task-labels"], id),
  },
} satisfies Folds<"tasks.task" | "tasks.column" | "tasks.label">;
