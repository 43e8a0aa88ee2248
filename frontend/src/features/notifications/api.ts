import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";
import { livePageFn, liveQueryFn } from "../../shared/live/ring";

export type Notification = Schema<"NotificationOut">;
export type NotificationPage = Schema<"NotificationPage">;

/** What the centre shows: all, what is unread, mentions; of all workspaces or one. */
export interface Filter {
  show: "all" | "unread" | "mentions";
  workspace: string | null;
}

export const keys = {
  all: ["notifications"] as const,
  first: ["notifications", "first"] as const,
  pages: (filter: Filter) => ["notifications", "pages", filter] as const,
  /** The same list as in the frame, under the same name: only names and addresses are read from it. */
  workspaces: ["workspaces"] as const,
  preferences: ["notification-wishes"] as const,
  rhythm: ["notification-rhythm"] as const,
  push: ["notification-push"] as const,
  urgent: ["notification-urgent"] as const,
  people: (q: string) => ["notification-people", q] as const,
};

/** The latest, and how many are unread. */
export const notificationsQuery = queryOptions({
  queryKey: keys.first,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/notifications", { signal }))),
});

/** They, page by page. */
export const notificationsOf = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: keys.pages(filter),
    queryFn: livePageFn(({ signal, pageParam }: { signal: AbortSignal; pageParam: string }) =>
      answer(
        http.GET("/api/v1/notifications", {
          params: {
            query: {
              ...(pageParam !== "" && { cursor: pageParam }),
              ...(filter.show === "unread" && { unread: true }),
              ...(filter.show === "mentions" && { group: "mentions" as const }),
              ...(filter.workspace !== null && { workspace_id: filter.workspace }),
            },
          },
          signal,
        }),
      ),
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

export type Wish = Schema<"WishOut">;
export type Preferences = Schema<"PreferencesOut">;
export type Rhythm = Schema<"RhythmOut">;
export type Push = Schema<"PushOut">;

/** Which ways of telling, by group of kinds. */
export const preferencesQuery = queryOptions({
  queryKey: keys.preferences,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/notifications/preferences", { signal })),
});
export const setPreferences = (body: Schema<"PreferencesIn">): Promise<Preferences> => answer(http.PUT("/api/v1/notifications/preferences", { body }));
export const resetPreferences = (): Promise<Preferences> => answer(http.DELETE("/api/v1/notifications/preferences"));

/** My hours, and whether something may ring now. */
export const rhythmQuery = queryOptions({
  queryKey: keys.rhythm,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/notifications/rhythm", { signal })),
});
export const setRhythm = (body: Schema<"RhythmIn">): Promise<Rhythm> => answer(http.PUT("/api/v1/notifications/rhythm", { body }));

export const urgentQuery = queryOptions({
  queryKey: keys.urgent,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/notifications/urgent", { signal })),
  staleTime: 0,
});

/** The devices that are told when nobody looks at the page. */
export const pushQuery = queryOptions({
  queryKey: keys.push,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/me/push", { signal })),
  staleTime: 0,
});
export const addPush = (body: Schema<"PushDeviceIn">): Promise<unknown> => answer(http.PUT("/api/v1/me/push", { body }));
export const removePush = (device_id: string): Promise<unknown> => answer(http.DELETE("/api/v1/me/push/{device_id}", { params: { path: { device_id } } }));
export const tryPush = (device_id: string): Promise<Schema<"PushTrialOut">> =>
  answer(http.POST("/api/v1/me/push/{device_id}/trial", { params: { path: { device_id } } }));

/** People whom I may find. */
export const peopleQuery = (q: string) =>
  queryOptions({
    queryKey: keys.people(q),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/people", { params: { query: { q } }, signal })),
    enabled: q.trim().length > 1,
  });

export type Level = Schema<"LevelIn">["level"];

/** How much a conversation tells. */
export const setLevel = (channel_id: string, level: Level): Promise<unknown> =>
  answer(http.PUT("/api/v1/channels/{channel_id}/level", { params: { path: { channel_id } }, body: { level } }));

/** One of mine: where the link of a mail leads. */
export const oneNotificationQuery = (notification_id: string) =>
  queryOptions({
    queryKey: [...keys.all, "one", notification_id],
    queryFn: ({ signal }) => answer(http.GET("/api/v1/notifications/{notification_id}", { params: { path: { notification_id } }, signal })),
  });

export type Ending = Schema<"EndOut">;

/** Which mails the link in a mail would end; asking ends nothing. */
export const endingQuery = (word: string) =>
  queryOptions({
    queryKey: ["ending", word],
    queryFn: ({ signal }) => answer(http.GET("/api/v1/mail/end/{word}/what", { params: { path: { word } }, signal })),
    retry: false,
  });

export const endMails = (word: string): Promise<Ending> => answer(http.POST("/api/v1/mail/end/{word}", { params: { path: { word } } }));
