import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { folderQuery, type Listing } from "../api";
import { rowsOf, type Row, type Sort } from "../lib/tree";

function remembered<T>(key: string, fallback: T): T {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

function remember(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a full or forbidden storage only forgets what was unfolded
  }
}

export interface FolderView {
  rows: Row[];
  top: Listing | undefined;
  error: unknown;
  isPending: boolean;
  sort: Sort;
  setSort: (sort: Sort) => void;
  unfold: (id: string, open: boolean) => void;
}

/** A folder with what is unfolded in it, in the order that was chosen for it. */
export function useFolder(workspaceId: string, folderId: string | null): FolderView {
  const openKey = `plano:open:${workspaceId}`;
  const sortKey = `plano:sort:${folderId ?? workspaceId}`;
  const [opened, setOpened] = useState<string[]>(() => remembered<string[]>(openKey, []));
  const [sorts, setSorts] = useState<Record<string, Sort>>({});
  const sort = sorts[sortKey] ?? remembered<Sort>(sortKey, { by: "name", down: false });
  const { data: top, error, isPending } = useQuery(folderQuery(workspaceId, folderId));
  const inside = useQueries({ queries: opened.map((id) => ({ ...folderQuery(workspaceId, id), retry: false })) });
  const lists = useMemo(() => new Map(opened.map((id, index) => [id, inside[index]?.data])), [opened, inside]);
  const rows = useMemo(() => rowsOf(top, new Set(opened), sort, (id) => lists.get(id)), [top, opened, sort, lists]);
  const unfold = useCallback(
    (id: string, open: boolean) =>
      setOpened((held) => {
        const next = open ? [...new Set([...held, id])].slice(-100) : held.filter((one) => one !== id);
        remember(openKey, next);
        return next;
      }),
    [openKey],
  );
  const setSort = (next: Sort): void => {
    remember(sortKey, next);
    setSorts((held) => ({ ...held, [sortKey]: next }));
  };
  return { rows, top, error, isPending, sort, setSort, unfold };
}
