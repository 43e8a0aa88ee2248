import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type Filters, type GroupName, type Hit, keys, searchQuery, SHORTEST } from "../api";
import { wordsOf } from "../lib/marks";

export interface Found {
  groups: { name: GroupName | "opened"; items: Hit[]; more: boolean }[];
  words: string[];
  count: number;
  isAsked: boolean;
  /** The answer on screen is of the words on screen. */
  isCurrent: boolean;
  error: unknown;
}

/** Results as one types; before any word, what was opened from here lately. */
export function useFound(text: string, kind: GroupName | "", workspaceId = "", filters: Filters = {}): Found {
  const cache = useQueryClient();
  const wanted = text.trim();
  const [asked] = useDebouncedValue(wanted, 140);
  const { data, error, isPlaceholderData, isFetching } = useQuery(searchQuery(asked, kind, workspaceId, filters));
  const isAsked = wanted.length >= SHORTEST;
  if (!isAsked) {
    const opened = cache.getQueryData<Hit[]>(keys.opened) ?? [];
    const groups = opened.length > 0 ? [{ name: "opened" as const, items: opened, more: false }] : [];
    return { groups, words: [], count: opened.length, isAsked, isCurrent: true, error: null };
  }
  const groups = data?.groups ?? [];
  return {
    groups,
    words: wordsOf(asked),
    count: groups.reduce((sum, group) => sum + group.items.length, 0),
    isAsked,
    isCurrent: asked === wanted && !isPlaceholderData && !isFetching,
    error,
  };
}

/** Keeps what was opened, the latest first, in memory only: signing out forgets it. */
export function useRemember(): (hit: Hit) => void {
  const cache = useQueryClient();
  return (hit) =>
    cache.setQueryData<Hit[]>(keys.opened, (before = []) => [hit, ...before.filter((one) => one.id !== hit.id)].slice(0, 6));
}
