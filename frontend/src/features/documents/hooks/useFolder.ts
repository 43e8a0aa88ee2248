import { useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useMe } from "../../../shared/session/session";
import { folderQuery, type Listing } from "../api";
import { Orders, rowsOf, type Row } from "../lib/tree";
import { type FolderLook, keepLook, lookOf } from "../lib/view";

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
  /** The first rows are here, more are on their way. */
  isPartial: boolean;
  look: FolderLook;
  setLook: (look: FolderLook) => void;
  unfold: (id: string, open: boolean) => void;
}

/** A folder with what is unfolded in it, in the order that was chosen for it. */
export function useFolder(workspaceId: string, folderId: string | null): FolderView {
  const me = useMe();
  const openKey = `plano:open:${workspaceId}`;
  const place = folderId ?? workspaceId;
  const [opened, setOpened] = useState<string[]>(() => remembered<string[]>(openKey, []));
  const [looks, setLooks] = useState<Record<string, FolderLook>>({});
  const kept = useMemo(() => lookOf(me.id, place), [me.id, place]);
  const look = looks[place] ?? kept;
  const { sort } = look;
  const [orders] = useState(() => new Orders());
  const { data: top, error, isPending } = useQuery(folderQuery(workspaceId, folderId));
  const inside = useQueries({ queries: opened.map((id) => ({ ...folderQuery(workspaceId, id), retry: false })) });
  const lists = useMemo(() => new Map(opened.map((id, index) => [id, inside[index]?.data])), [opened, inside]);
  const rows = useMemo(() => rowsOf(top, new Set(opened), sort, (id) => lists.get(id), orders), [top, opened, sort, lists, orders]);
  const unfold = useCallback(
    (id: string, open: boolean) =>
      setOpened((held) => {
        const next = open ? [...new Set([...held, id])].slice(-100) : held.filter((one) => one !== id);
        remember(openKey, next);
        return next;
      }),
    [openKey],
  );
  const setLook = (next: FolderLook): void => {
    keepLook(me.id, place, next);
    setLooks((held) => ({ ...held, [place]: next }));
  };
  return { rows, top, error, isPending, isPartial: top !== undefined && top.next !== null, look, setLook, unfold };
}
