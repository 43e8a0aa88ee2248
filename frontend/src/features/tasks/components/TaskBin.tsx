import { Button, Modal } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { upsertInto } from "../../../shared/live/cache";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { binQuery, keys, restoreTask, type Task } from "../api";
import css from "./TaskBin.module.css";

/** What was deleted here, the latest first; each goes back to where it stood. */
export function TaskBin({ workspaceId, onClose }: { workspaceId: string; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(binQuery(workspaceId));
  const restore = useMutation({
    mutationFn: (task: Task) => restoreTask(task.id),
    onSuccess: (task) => {
      upsertInto<Task>(cache, keys.tasks(workspaceId), task);
      void cache.invalidateQueries({ queryKey: keys.bin(workspaceId) });
    },
  });
  const tasks = [...(data?.items ?? [])].sort((a, b) => b.updated_at.localeCompare(a.updated_at));
  return (
    <Modal opened onClose={onClose} title={t("bin.title")} size="lg" closeButtonProps={{ "aria-label": t("common:close") }}>
      {isPending && <RowsSkeleton rows={3} />}
      <ProblemNote error={error ?? restore.error} />
      {data && tasks.length === 0 && <EmptyState icon={IconTrash} title={t("bin.empty")} hint={t("bin.hint")} />}
      <ul role="list" className={css.list}>
        {tasks.map((task) => (
          <li key={task.id} className={css.line}>
            <span className={css.words}>
              <span className={css.title}>{task.title}</span>
              <span className={css.meta}>
                {t("bin.deleted")} <DateTime at={task.updated_at} />
              </span>
            </span>
            <Button
              size="sm"
              variant="default"
              loading={restore.isPending && restore.variables.id === task.id}
              onClick={() => restore.mutate(task)}
            >
              {t("bin.restore")}
              <span className="visually-hidden"> {task.title}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
