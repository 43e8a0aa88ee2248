import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { livePageFn, liveQueryFn } from "../../shared/live/ring";

export type Notification = Schema<"NotificationOut">;
export type NotificationPage = Schema<"NotificationPage">;

export const keys = {
  all: ["notifications"] as const,
  first: ["notifications", "first"] as const,
  pages: ["notifications", "pages"] as const,
  /** The same list as in the frame, under the same name: only names and addresses are read from it. */
  workspaces: ["workspaces"] as const,
};

/** The latest, and how many are unread. */
export const notificationsQuery = queryOptions({
  queryKey: keys.first,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/notifications", { signal }))),
});

/** All of them, page by page. */
export const allNotificationsQuery = infiniteQueryOptions({
  queryKey: keys.pages,
  queryFn: livePageFn(({ signal, pageParam }: { signal: AbortSignal; pageParam: string }) =>
    answer(http.GET("/api/v1/notifications", { params: { query: pageParam === "" ? {} : { cursor: pageParam } }, signal })),
  ),
  initialPageParam: "",
  getNextPageParam: (last: NotificationPage) => last.next,
});

export const workspacesQuery = queryOptions({
  queryKey: keys.workspaces,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/workspaces", { signal }))),
});

export type Answer = Schema<"AnswerIn">["answer"];

/** Answers an invitation without opening it. */
export const answerEvent = (event_id: string, reply: Answer): Promise<unknown> =>
  answer(http.PUT("/api/v1/events/{event_id}/answer", { params: { path: { event_id } }, body: { answer: reply } }));

/** Be told no more of what others do there. */
export const unfollow = (node_id: string): Promise<unknown> => answer(http.DELETE("/api/v1/nodes/{node_id}/follow", { params: { path: { node_id } } }));

/** These are read, or all of them; what it changed comes back as frames. */
export const markRead = (what: { ids: string[] } | { all: true }): Promise<unknown> =>
  answer(http.POST("/api/v1/notifications/read", { body: { all: false, ...what } }));
