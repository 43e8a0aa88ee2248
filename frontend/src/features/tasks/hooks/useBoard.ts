import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useNow } from "../../../shared/ui/DateTime";
import { type BoardAbilities, type Column, columnsQuery, type Label, labelsQuery, type Task, tasksQuery } from "../api";
import { byRank, type Filters, passes } from "../lib/board";
import { isLate } from "../../../shared/lib/due";

export interface BoardData {
  workspaceId: string;
  columns: Column[];
  labels: Label[];
  /** All of them; `shown` passes the filters. */
  tasks: Task[];
  shown: Task[];
  late: number;
  abilities: BoardAbilities;
  isPending: boolean;
  error: unknown;
  retry: () => void;
}

const NOTHING = { edit: false, move: false, delete: false };
const READ_ONLY: BoardAbilities = {
  create: false,
  manage_columns: false,
  edit_labels: false,
  own: NOTHING,
  others: NOTHING,
};

/** Everything that the board and the list show. */
export function useBoard(workspaceId: string, filters: Filters): BoardData {
  const columns = useQuery(columnsQuery(workspaceId));
  const labels = useQuery(labelsQuery(workspaceId));
  const tasks = useQuery(tasksQuery(workspaceId));
  const now = useNow();
  const all = tasks.data?.items;
  const shown = useMemo(() => (all ?? []).filter((task) => passes(task, filters, now)), [all, filters, now]);
  const sorted = useMemo(() => [...(columns.data?.items ?? [])].sort(byRank), [columns.data]);
  return {
    workspaceId,
    columns: sorted,
    labels: labels.data?.items ?? [],
    tasks: all ?? [],
    shown,
    late: useMemo(() => (all ?? []).filter((task) => isLate(task, now)).length, [all, now]),
    abilities: columns.data?.abilities[workspaceId] ?? READ_ONLY,
    isPending: columns.isPending || tasks.isPending,
    error: columns.error ?? tasks.error,
    retry: () => {
      void columns.refetch();
      void tasks.refetch();
    },
  };
}
