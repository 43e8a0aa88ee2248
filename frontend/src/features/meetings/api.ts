/** Every request of the meetings, and the keys of what they cache. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../shared/api/client";
import { livePageFn, liveQueryFn } from "../../shared/live/ring";

export type Meeting = Schema<"MeetingOut">;
export type MeetingForMe = Schema<"MeetingForMe">;
export type MeetingPageOut = Schema<"MeetingPage">;
export type Joined = Schema<"JoinOut">;

export const keys = {
  list: (workspaceId: string) => ["meetings", "list", workspaceId] as const,
  one: (id: string) => ["meetings", "one", id] as const,
};

const ofWorkspace = (workspace_id: string): { path: { workspace_id: string } } => ({ path: { workspace_id } });
const ofMeeting = (meeting_id: string): { path: { meeting_id: string } } => ({ path: { meeting_id } });

export const meetingsQuery = (workspaceId: string) =>
  infiniteQueryOptions({
    queryKey: keys.list(workspaceId),
    initialPageParam: "",
    getNextPageParam: (page: MeetingPageOut) => page.next,
    queryFn: livePageFn(({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
      answer(
        http.GET("/api/v1/workspaces/{workspace_id}/meetings", {
          params: { ...ofWorkspace(workspaceId), query: pageParam === "" ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    ),
  });

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one(id),
    queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/meetings/{meeting_id}", { params: ofMeeting(id), signal }))),
    retry: false,
  });

export const startMeeting = (workspaceId: string, body: Schema<"MeetingIn">, id: string): Promise<MeetingForMe> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/meetings", { params: ofWorkspace(workspaceId), body, headers: idempotent(id) }),
  );

export const renameMeeting = (id: string, title: string): Promise<MeetingForMe> =>
  answer(http.PATCH("/api/v1/meetings/{meeting_id}", { params: ofMeeting(id), body: { title } }));
export const joinMeeting = (id: string, resume: string | null): Promise<Joined> =>
  answer(http.POST("/api/v1/meetings/{meeting_id}/join", { params: ofMeeting(id), body: { resume } }));
export const endMeeting = (id: string): Promise<MeetingForMe> =>
  answer(http.POST("/api/v1/meetings/{meeting_id}/end", { params: ofMeeting(id) }));
export const muteParticipant = (meeting_id: string, participant_id: string): Promise<unknown> =>
  answer(
    http.POST("/api/v1/meetings/{meeting_id}/participants/{participant_id}/mute", { params: { path: { meeting_id, participant_id } } }),
  );
export const removeParticipant = (meeting_id: string, participant_id: string): Promise<unknown> =>
  answer(
    http.POST("/api/v1/meetings/{meeting_id}/participants/{participant_id}/remove", {
      params: { path: { meeting_id, participant_id } },
    }),
  );

/** What a meeting begins from: its title and its place. */
export const channelQuery = (channel_id: string) =>
  queryOptions({
    queryKey: ["meetings", "channel", channel_id] as const,
    queryFn: ({ signal }) => answer(http.GET("/api/v1/channels/{channel_id}", { params: { path: { channel_id } }, signal })),
    retry: false,
  });
export const startFromEvent = (event_id: string): Promise<Meeting> =>
  answer(http.POST("/api/v1/events/{event_id}/meeting", { params: { path: { event_id } } }));
