/** Ticking a task where it is listed: it stays, struck through, until the page is left. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "../../../shared/ui/toast";
import { completeTask, keys, reopenTask, type Task } from "../api";

export interface Ticks {
  /** The list with what was ticked here. */
  withTicked: (tasks: readonly Task[]) => Task[];
  toggle: (task: Task, done: boolean) => void;
}

export function useTicks(): Ticks {
  const { t } = useTranslation("desk");
  const cache = useQueryClient();
  const [ticked, setTicked] = useState<ReadonlyMap<string, Task>>(new Map());

  const put = useCallback((id: string, task: Task | null) => {
    setTicked((before) => {
      const next = new Map(before);
      if (task) next.set(id, task);
      else next.delete(id);
      return next;
    });
  }, []);

  const toggle = useCallback(
    (task: Task, done: boolean) => {
      const before = ticked.get(task.id) ?? null;
      put(task.id, done ? { ...task, completed_at: new Date().toISOString() } : null);
      const sent = done ? completeTask(task.id) : reopenTask(task.id, task.column_id);
      sent.then(
        () => void cache.invalidateQueries({ queryKey: keys.all }),
        () => {
          put(task.id, before);
          toast(t(done ? "task.not_completed" : "task.not_reopened", { title: task.title }));
        },
      );
    },
    [cache, put, t, ticked],
  );

  return useMemo(
    () => ({
      toggle,
      withTicked: (tasks) => [...tasks.filter((task) => !ticked.has(task.id)), ...ticked.values()],
    }),
    [toggle, ticked],
  );
}
