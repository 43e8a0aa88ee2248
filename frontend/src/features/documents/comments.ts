/** Every request about comments, the keys of what they cache, and how frames are folded into it. */
import { infiniteQueryOptions, type InfiniteData, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { dropFrom, findIn, upsertInto } from "../../shared/live/cache";
import type { Removed } from "../../shared/live/frames";
import { livePageFn } from "../../shared/live/ring";

export type Comment = Schema<"CommentOut">;
export type CommentPage = Schema<"CommentPage">;
export type CommentAbilities = Schema<"CommentAbilities">;
export type CommentState = "open" | "resolved" | "all";

export const commentKeys = {
  of: (nodeId: string) => ["document-comments", nodeId] as const,
  list: (nodeId: string, state: CommentState) => ["document-comments", nodeId, state] as const,
};

const PAGE = 60;
/** Whoever looks for one comment takes larger steps. */
const STEP = 200;

/** Remarks with their answers, the newest remark first, page after page. */
export const commentsQuery = (nodeId: string, state: CommentState) =>
  infiniteQueryOptions({
    queryKey: commentKeys.list(nodeId, state),
    queryFn: livePageFn(({ signal, pageParam }: { signal: AbortSignal; pageParam: string }) => {
      const query = { state, limit: state === "all" ? STEP : PAGE, ...(pageParam !== "" && { cursor: pageParam }) };
      return answer(http.GET("/api/v1/nodes/{node_id}/comments", { params: { path: { node_id: nodeId }, query }, signal }));
    }),
    initialPageParam: "",
    getNextPageParam: (last: CommentPage) => last.next,
  });

const of = (node_id: string, comment_id: string) => ({ path: { node_id, comment_id } });

export interface NewComment {
  id: string;
  text: string;
  mentions: string[];
  thread_id?: string;
  number?: number;
  page?: number;
  quote: string;
}

export const addComment = (node_id: string, body: NewComment): Promise<Comment> =>
  answer(http.POST("/api/v1/nodes/{node_id}/comments", { params: { path: { node_id } }, body }));

/** Refused with 412 when another tab was quicker. */
export const editComment = (comment: Comment, text: string, mentions: string[]): Promise<Comment> =>
  answer(
    http.PATCH("/api/v1/nodes/{node_id}/comments/{comment_id}", {
      params: of(comment.node_id, comment.id),
      body: { text, mentions },
      headers: { "If-Match": `"${comment.version}"` },
    }),
  );

export const deleteComment = (comment: Comment): Promise<unknown> =>
  answer(http.DELETE("/api/v1/nodes/{node_id}/comments/{comment_id}", { params: of(comment.node_id, comment.id) }));

export const settleComment = ({ node_id, id }: Comment, resolved: boolean): Promise<Comment> => {
  const path = "/api/v1/nodes/{node_id}/comments/{comment_id}/resolution";
  return answer(resolved ? http.PUT(path, { params: of(node_id, id) }) : http.DELETE(path, { params: of(node_id, id) }));
};

type Held = InfiniteData<CommentPage>;

/** A remark belongs by its state; an answer where its remark is shown. */
function belongs(cache: QueryClient, comment: Comment, key: QueryKey): boolean {
  if (comment.thread_id !== null) {
    return holds(cache, key, comment.thread_id) || holds(cache, key, comment.id);
  }
  return key[2] === "all" || (key[2] === "resolved") === (comment.resolved_at !== null);
}

function holds(cache: QueryClient, key: QueryKey, id: string): boolean {
  return cache.getQueryData<Held>(key)?.pages.some((page) => page.items.some((one) => one.id === id)) ?? false;
}

export const commentFolds = {
  changed: (cache: QueryClient, comment: Comment): void => {
    const prefix = commentKeys.of(comment.node_id);
    const isOld = comment.thread_id === null && comment.version > 1;
    const lists = isOld ? cache.getQueriesData<Held>({ queryKey: prefix }).filter(([key]) => !holds(cache, key, comment.id)) : [];
    upsertInto<Comment>(cache, prefix, comment, {
      insert: comment.thread_id === null ? "start" : "end",
      belongs: (one, key) => belongs(cache, one, key),
    });
    // it came from the other list, and its answers with it
    for (const [key] of lists) if (holds(cache, key, comment.id)) void cache.invalidateQueries({ queryKey: key, exact: true });
  },
  removed: (cache: QueryClient, { id }: Removed): void => dropFrom(cache, ["document-comments"], id),
};

/** The newest of it that is here. */
export const heldComment = (cache: QueryClient, id: string): Comment | undefined => findIn<Comment>(cache, ["document-comments"], id);

export interface Thread {
  root: Comment;
  answers: Comment[];
}

/** From the flat list to remarks with their answers; an answer whose remark is not here waits for it. */
export function threads(pages: readonly CommentPage[]): Thread[] {
  const all = new Map(pages.flatMap((page) => page.items.map((one) => [one.id, one] as const)));
  const found = new Map<string, Thread>();
  for (const one of all.values()) if (one.thread_id === null) found.set(one.id, { root: one, answers: [] });
  for (const one of all.values()) if (one.thread_id !== null) found.get(one.thread_id)?.answers.push(one);
  const byTime = (a: Comment, b: Comment): number => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id);
  for (const thread of found.values()) thread.answers.sort(byTime);
  return [...found.values()].sort((a, b) => byTime(b.root, a.root));
}
