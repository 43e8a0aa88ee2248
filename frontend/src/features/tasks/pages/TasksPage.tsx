import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { IconChecklist, IconLayoutKanban, IconList, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { keys, type Task } from "../api";
import { Board } from "../components/Board";
import { FilterBar } from "../components/FilterBar";
import { TaskBin } from "../components/TaskBin";
import { TaskList } from "../components/TaskList";
import { TaskPanel } from "../components/TaskPanel";
import { useBoard } from "../hooks/useBoard";
import { useTaskActions } from "../hooks/useTaskActions";
import { type Filters, NO_FILTERS } from "../lib/board";
import css from "./TasksPage.module.css";

export default function TasksPage(): React.JSX.Element {
  const { t } = useTranslation("tasks");
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const { vue, tache } = useSearch({ from: "/office/w/$slug/taches" });
  const navigate = useNavigate({ from: "/w/$slug/taches" });
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [binOpened, setBinOpened] = useState(false);
  const board = useBoard(workspace.id, filters);
  const actions = useTaskActions(workspace.id);
  const opened = board.tasks.find((task) => task.id === tache);
  const asList = vue === "liste";
  const show = (id: string | undefined): void =>
    void navigate({ search: { ...(vue !== undefined && { vue }), ...(id !== undefined && { tache: id }) } });

  const begin = async (): Promise<void> => {
    const first = board.columns[0];
    if (!first) return;
    const known = new Set(board.tasks.map((task) => task.id));
    if (!(await actions.create(first.id, t("add.untitled")))) return;
    const made = cache.getQueryData<{ items: Task[] }>(keys.tasks(workspace.id))?.items.find((task) => !known.has(task.id));
    if (made) show(made.id);
  };

  return (
    <Page fill>
      <PageHeader title={t("title")} tabTitle={`${t("title")}, ${workspace.name}`}>
        <SegmentedControl
          className={css.views}
          aria-label={t("view.label")}
          value={asList ? "liste" : "tableau"}
          onChange={(value) =>
            void navigate({ search: { ...(value === "liste" && { vue: "liste" }), ...(tache !== undefined && { tache }) } })
          }
          data={[
            { value: "liste", label: <View icon={IconList} label={t("view.list")} /> },
            { value: "tableau", label: <View icon={IconLayoutKanban} label={t("view.board")} /> },
          ]}
        />
        {board.abilities.others.delete && (
          <Tooltip label={t("bin.title")}>
            <ActionIcon aria-label={t("bin.title")} onClick={() => setBinOpened(true)}>
              <IconTrash size={20} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
        {board.abilities.create && (
          <Button leftSection={<IconPlus size={18} stroke={1.75} />} onClick={() => void begin()}>
            {t("add.new")}
          </Button>
        )}
      </PageHeader>
      {board.error !== null ? (
        <ProblemNote
          error={board.error}
          action={
            <Button size="sm" variant="subtle" onClick={board.retry}>
              {t("retry")}
            </Button>
          }
        />
      ) : board.isPending ? (
        <RowsSkeleton />
      ) : (
        <>
          <FilterBar board={board} filters={filters} onChange={setFilters} />
          <ProblemNote
            error={actions.failure}
            action={
              <Button size="sm" variant="subtle" onClick={actions.dismiss}>
                {t("common:close")}
              </Button>
            }
          />
          {asList && board.tasks.length === 0 && (
            <EmptyState icon={IconChecklist} title={t("empty.title")} hint={t("empty.hint")} />
          )}
          {asList ? (
            <TaskList board={board} actions={actions} selectedId={tache} />
          ) : (
            <Board board={board} actions={actions} selectedId={tache} />
          )}
        </>
      )}
      {binOpened && <TaskBin workspaceId={workspace.id} onClose={() => setBinOpened(false)} />}
      {opened && <TaskPanel key={opened.id} task={opened} board={board} actions={actions} onClose={() => show(undefined)} />}
    </Page>
  );
}

function View({ icon: Glyph, label }: { icon: typeof IconList; label: string }): React.JSX.Element {
  return (
    <span className={css.view}>
      <Glyph size={16} stroke={1.75} aria-hidden="true" />
      {label}
    </span>
  );
}
