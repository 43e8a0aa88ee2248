import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkspace } from "../../../shared/session/session";
import { type FoundMessage, type Question, searchMessagesQuery, type SearchOrder } from "../api";

export type SearchScope = "channel" | "workspace";

/** A search in the room: what is asked, what was found, and which result is looked at. It outlives a change of channel. */
export interface Searching {
  isOpen: boolean;
  text: string;
  scope: SearchScope;
  order: SearchOrder;
  items: FoundMessage[];
  problems: readonly { operator: string; value: string }[];
  /** The answer on screen is of the words on screen. */
  isCurrent: boolean;
  isAsked: boolean;
  hasMore: boolean;
  error: unknown;
  at: string | null;
  open: (scope: SearchScope) => void;
  close: () => void;
  /** Nothing is searched any more. */
  end: () => void;
  setText: (text: string) => void;
  setScope: (scope: SearchScope) => void;
  setOrder: (order: SearchOrder) => void;
  setAt: (id: string | null) => void;
  more: () => void;
}

export function useSearching(channelId: string | null): Searching {
  const workspace = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [scope, setScope] = useState<SearchScope>("workspace");
  const [within, setWithin] = useState<string | null>(null);
  const [order, setOrder] = useState<SearchOrder>("recent");
  const [at, setAt] = useState<string | null>(null);
  const wanted = text.trim();
  const [asked] = useDebouncedValue(wanted, 180);
  const place = scope === "channel" && within !== null ? { channel_id: within } : { workspace_id: workspace.id };
  const question: Question = { q: isOpen || at !== null ? asked : "", order, ...place };
  const { data, error, isPlaceholderData, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery(searchMessagesQuery(question));
  const isAsked = wanted !== "" && !/^-?\p{L}+:"?$/u.test(wanted); // an operator alone waits for its value
  return {
    isOpen,
    text,
    scope,
    order,
    items: isAsked ? (data?.pages.flatMap((page) => page.items) ?? []) : [],
    problems: isAsked ? (data?.pages[0]?.problems ?? []) : [],
    isCurrent: asked === wanted && !isPlaceholderData && (data !== undefined || error !== null),
    isAsked,
    hasMore: hasNextPage && !isFetching,
    error: isAsked ? error : null,
    at,
    open: (next) => {
      setOpen(true);
      setScope(channelId === null ? "workspace" : next);
      setWithin(channelId);
    },
    close: () => setOpen(false),
    end: () => [setOpen(false), setAt(null)],
    setText: (next) => [setText(next), setAt(null)],
    setScope: (next) => [setScope(next), setWithin(channelId), setAt(null)],
    setOrder: (next) => [setOrder(next), setAt(null)],
    setAt,
    more: () => void fetchNextPage(),
  };
}
