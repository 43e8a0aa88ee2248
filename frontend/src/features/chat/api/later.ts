/** What shall happen later, how I like to write, and the rules of a workspace's conversations. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../../shared/api/client";
import { liveQueryFn } from "../../../shared/live/ring";

export type Scheduled = Schema<"ScheduledOut">;
export type Reminder = Schema<"ReminderForMe">;
export type Wishes = Schema<"ChatWishesOut">;
export type Rules = Schema<"ChatPolicyOut">;

export const laterKeys = {
  scheduled: ["chat", "scheduled"] as const,
  reminders: ["chat", "reminders"] as const,
  wishes: ["chat", "wishes"] as const,
  /** The notifications' own key: both rooms show the same numbers. */
  urgents: ["notification-urgent"] as const,
  rules: (workspaceId: string) => ["chat", "rules", workspaceId] as const,
};

const ofScheduled = (scheduled_id: string) => ({ params: { path: { scheduled_id } } });

/** My messages that wait, everywhere. */
export const scheduledQuery = queryOptions({
  queryKey: laterKeys.scheduled,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/scheduled", { signal }))),
});

/** What I want to come back to. */
export const remindersQuery = queryOptions({
  queryKey: laterKeys.reminders,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/reminders", { signal }))),
});

/** How I like to write and to come back, on all my devices. */
export const wishesQuery = queryOptions({
  queryKey: laterKeys.wishes,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/chat-preferences", { signal }))),
  staleTime: Infinity,
});

export const rulesQuery = (workspace_id: string) =>
  queryOptions({
    queryKey: laterKeys.rules(workspace_id),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/chat-policy", { params: { path: { workspace_id } }, signal })),
    ),
  });

/** How many times I disturbed others out of hours today, of how many. */
export const urgentsQuery = queryOptions({
  queryKey: laterKeys.urgents,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/notifications/urgent", { signal })),
  staleTime: 0,
});

export const changeRules = (workspace_id: string, body: Schema<"ChatPolicyPatch">): Promise<Rules> =>
  answer(http.PATCH("/api/v1/workspaces/{workspace_id}/chat-policy", { params: { path: { workspace_id } }, body }));

export const changeWishes = (body: Schema<"ChatWishesPatch">): Promise<Wishes> => answer(http.PATCH("/api/v1/chat-preferences", { body }));

export type NewScheduled = Schema<"ScheduledIn"> & { id: string };

/** Said before and not heard that it was: the one that waits already takes these words and this time. */
export async function schedule(channel_id: string, body: NewScheduled): Promise<Scheduled> {
  const row = await answer(
    http.POST("/api/v1/channels/{channel_id}/scheduled", { params: { path: { channel_id } }, body, headers: idempotent(body.id) }),
  );
  const { text, at, mentions = [], groups = [], confirmed = false } = body;
  const same = row.text === text && Date.parse(row.at) === Date.parse(at);
  return same ? row : changeScheduled(row.id, { text, at, mentions, groups, confirmed });
}

export const changeScheduled = (id: string, body: Schema<"ScheduledPatch">): Promise<Scheduled> =>
  answer(http.PATCH("/api/v1/scheduled/{scheduled_id}", { ...ofScheduled(id), body }));
export const cancelScheduled = (id: string): Promise<unknown> => answer(http.DELETE("/api/v1/scheduled/{scheduled_id}", ofScheduled(id)));
export const sendScheduled = (id: string): Promise<unknown> => answer(http.POST("/api/v1/scheduled/{scheduled_id}/send", ofScheduled(id)));

export const remind = (message_id: string, at: string): Promise<Schema<"ReminderOut">> =>
  answer(http.PUT("/api/v1/messages/{message_id}/reminder", { params: { path: { message_id } }, body: { at } }));
export const forgetReminder = (reminder_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/reminders/{reminder_id}", { params: { path: { reminder_id } } }));
