/** What can be done to tasks: at once on the screen, and taken back in words when the server refuses. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dropFrom, findIn, upsertInto } from "../../../shared/live/cache";
import { newId } from "../../../shared/lib/ids";
import { toast } from "../../../shared/ui/toast";
import { changeTask, createTask, deleteTask, keys, moveTask, restoreTask, type Task, type TaskPatch } from "../api";
import { moveOf, type Placement } from "../lib/board";

export interface TaskActions {
  /** The last failure, until it is dismissed or something succeeds. */
  failure: unknown;
  dismiss: () => void;
  create: (columnId: string, title: string) => Promise<boolean>;
  move: (placement: Placement, byColumn: ReadonlyMap<string, readonly Task[]>) => Promise<void>;
  change: (task: Task, patch: Partial<TaskPatch>, shown: Partial<Task>) => Promise<void>;
  remove: (task: Task) => Promise<void>;
}

export function useTaskActions(workspaceId: string): TaskActions {
  const cache = useQueryClient();
  const { t } = useTranslation("tasks");
  const [failure, setFailure] = useState<unknown>(null);

  const show = useCallback((task: Task) => upsertInto<Task>(cache, keys.tasks(workspaceId), task), [cache, workspaceId]);
  /** Writes fields of the held task, whatever its version has become meanwhile. */
  const write = useCallback(
    (id: string, fields: Partial<Task>) => {
      const held = findIn<Task>(cache, keys.tasks(workspaceId), id);
      if (held) show({ ...held, ...fields });
    },
    [cache, workspaceId, show],
  );

  const optimistic = useCallback(
    async (task: Task, fields: Partial<Task>, send: () => Promise<Task>) => {
      const before = Object.fromEntries(Object.keys(fields).map((name) => [name, task[name as keyof Task]])) as Partial<Task>;
      write(task.id, fields);
      try {
        show(await send());
        setFailure(null);
      } catch (error) {
        write(task.id, before);
        setFailure(error);
      }
    },
    [show, write],
  );

  const create = useCallback(
    async (columnId: string, title: string) => {
      try {
        show(await createTask(workspaceId, { id: newId(), title, column_id: columnId }));
        setFailure(null);
        return true;
      } catch (error) {
        setFailure(error);
        return false;
      }
    },
    [show, workspaceId],
  );

  const move = useCallback(
    async (placement: Placement, byColumn: ReadonlyMap<string, readonly Task[]>) => {
      const task = findIn<Task>(cache, keys.tasks(workspaceId), placement.id);
      if (!task) return;
      const { body, rank } = moveOf(placement, byColumn);
      await optimistic(task, { column_id: body.column_id, rank }, () => moveTask(task.id, body));
    },
    [cache, workspaceId, optimistic],
  );

  const change = useCallback(
    (task: Task, patch: Partial<TaskPatch>, shown: Partial<Task>) =>
      optimistic(task, shown, () => changeTask(task.id, patch)),
    [optimistic],
  );

  const remove = useCallback(
    async (task: Task) => {
      try {
        await deleteTask(task.id);
        setFailure(null);
      } catch (error) {
        setFailure(error);
        return;
      }
      dropFrom(cache, keys.tasks(workspaceId), task.id);
      const undo = (): void => {
        restoreTask(task.id).then(show, setFailure);
      };
      toast(t("deleted", { title: task.title }), { undo });
    },
    [cache, workspaceId, show, t],
  );

  const dismiss = useCallback(() => setFailure(null), []);
  return useMemo(
    () => ({ failure, dismiss, create, move, change, remove }),
    [failure, dismiss, create, move, change, remove],
  );
}
