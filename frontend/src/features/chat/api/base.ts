/** Channels, messages and what is mine of them; the keys of all that the room caches. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../../shared/api/client";
import { liveQueryFn } from "../../../shared/live/ring";
import type { Place } from "../lib/places";
import { fresh, merge, span, type Timeline } from "../lib/timeline";

export type Channel = Schema<"ChannelForMe">;
export type Message = Schema<"MessageOut">;
export type MessagePage = Schema<"MessagePage">;
export type Mark = Schema<"MarkOut">;
export type Level = Mark["level"];
export type Draft = Schema<"DraftOut">;
export type ChannelMember = Schema<"ChannelMemberOut">;
export type Person = Schema<"PersonOut">;
export type WorkspaceMember = Schema<"MemberOut">;

export const keys = {
  channels: (workspaceId: string) => ["chat", "channels", workspaceId] as const,
  unread: ["chat", "unread"] as const,
  drafts: ["chat", "drafts"] as const,
  timeline: (channelId: string) => ["chat", "timeline", channelId] as const,
  thread: (channelId: string, rootId: string) => ["chat", "thread", channelId, rootId] as const,
  message: (id: string) => ["chat", "message", id] as const,
  revisions: (id: string) => ["chat", "revisions", id] as const,
  members: (channelId: string) => ["chat", "members", channelId] as const,
  workspaceMembers: (workspaceId: string) => ["chat", "workspace-members", workspaceId] as const,
  threads: (workspaceId: string) => ["chat", "threads", workspaceId] as const,
  follow: (rootId: string) => ["chat", "follow", rootId] as const,
  pins: (channelId: string) => ["chat", "pins", channelId] as const,
  access: (channelId: string) => ["chat", "access", channelId] as const,
};

const inWorkspace = (workspace_id: string) => ({ path: { workspace_id } });
const inChannel = (channel_id: string) => ({ path: { channel_id } });

/** The channels and conversations that I see in a workspace. */
export const channelsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.channels(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/channels", { params: inWorkspace(workspaceId), signal })),
    ),
  });

/** How far I have read everywhere, and what is new: the shell shows it too (`unreadIn`). */
export const unreadQuery = queryOptions({
  queryKey: keys.unread,
  queryFn: liveQueryFn(async ({ signal }): Promise<{ items: Place[] }> => {
    const page = await answer(http.GET("/api/v1/unread", { signal }));
    return { items: page.items.map((mark) => ({ ...mark, news: [] })) };
  }),
});

/** What I have begun and not sent. */
export const draftsQuery = queryOptions({
  queryKey: keys.drafts,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/drafts", { signal }))),
});

interface PageWanted {
  before?: string;
  after?: string;
  around?: string;
  thread_id?: string;
  limit?: number;
}

export function fetchMessages(channelId: string, query: PageWanted, signal?: AbortSignal): Promise<MessagePage> {
  return answer(
    http.GET("/api/v1/channels/{channel_id}/messages", {
      params: { ...inChannel(channelId), query },
      ...(signal ? { signal } : {}),
    }),
  );
}

/** As many as are asked again after a cut; more than that, and the newest page is taken instead. */
const KEPT = 300;

/**
 * The messages around a number: that of my read mark when something is new, else the newest. Asked again after a
 * reset, it asks for what it holds, so that the page does not jump.
 */
export const timelineQuery = (channelId: string, around: number | null) =>
  queryOptions({
    queryKey: keys.timeline(channelId),
    queryFn: liveQueryFn(async ({ client, signal }): Promise<Timeline> => {
      const held = client.getQueryData<Timeline>(keys.timeline(channelId));
      const first = held?.items[0];
      if (!held || !first || held.items.length > KEPT) {
        return fresh(await fetchMessages(channelId, around === null ? {} : { around: String(around) }, signal));
      }
      let next: string | null = String(first.seq - 1);
      let timeline = span(held.older);
      while (next !== null && timeline.items.length < KEPT * 2) {
        const page: MessagePage = await fetchMessages(channelId, { after: next, limit: 100 }, signal);
        timeline = merge(timeline, page.items, { newer: page.next });
        next = page.next;
      }
      return timeline;
    }),
  });

/** The replies of one thread. */
export const threadQuery = (channelId: string, rootId: string) =>
  queryOptions({
    queryKey: keys.thread(channelId, rootId),
    queryFn: liveQueryFn(
      async ({ signal }): Promise<Timeline> => fresh(await fetchMessages(channelId, { thread_id: rootId, limit: 100 }, signal)),
    ),
  });

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: keys.message(id),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/messages/{message_id}", { params: { path: { message_id: id } }, signal })),
    staleTime: 0,
  });

export const revisionsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...keys.revisions(id), version],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/messages/{message_id}/revisions", { params: { path: { message_id: id } }, signal })),
  });

/** Who reads the channel. */
export const membersQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.members(channelId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/channels/{channel_id}/members", { params: inChannel(channelId), signal })),
    staleTime: 60_000,
  });

/** When those of a small place who are off will hear of a message; asked while one writes, kept by nobody. */
export const availabilityQuery = (channelId: string) =>
  queryOptions({
    queryKey: [...keys.members(channelId), "off"],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/channels/{channel_id}/availability", { params: inChannel(channelId), signal })),
    staleTime: 60_000,
  });

/** Who is in the workspace: with whom one can talk. */
export const workspaceMembersQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.workspaceMembers(workspaceId),
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/members", { params: inWorkspace(workspaceId), signal })),
    staleTime: 60_000,
  });

export interface NewMessage {
  id: string;
  text: string;
  thread_id: string | null;
  mentions: string[];
  in_channel?: boolean;
  groups?: ("all" | "managers")[];
  confirmed?: boolean;
  /** It rings out of hours. */
  urgent?: boolean;
}

export const postMessage = (channelId: string, body: NewMessage): Promise<Message> =>
  answer(
    http.POST("/api/v1/channels/{channel_id}/messages", {
      params: inChannel(channelId),
      body: { in_channel: false, groups: [], confirmed: false, files: [], urgent: false, ...body },
      headers: idempotent(body.id),
    }),
  );

export const editMessage = (message: Message, text: string, mentions: string[]): Promise<Message> =>
  answer(
    http.PATCH("/api/v1/messages/{message_id}", {
      params: { path: { message_id: message.id } },
      body: { text, mentions },
      headers: { "If-Match": `"${message.version}"` },
    }),
  );

/** Its trace; undefined where none stays. */
export const deleteMessage = (id: string): Promise<Message | undefined> =>
  answer(http.DELETE("/api/v1/messages/{message_id}", { params: { path: { message_id: id } } }));

export const openChannel = (workspaceId: string, body: Schema<"ChannelIn">): Promise<Channel> =>
  answer(http.POST("/api/v1/workspaces/{workspace_id}/channels", { params: inWorkspace(workspaceId), body }));

export const openConversation = (workspaceId: string, id: string, user_ids: string[]): Promise<Channel> =>
  answer(
    http.POST("/api/v1/workspaces/{workspace_id}/conversations", {
      params: inWorkspace(workspaceId),
      body: { id, user_ids },
    }),
  );

export const changeChannel = (id: string, body: Schema<"ChannelPatch">): Promise<Channel> =>
  answer(http.PATCH("/api/v1/channels/{channel_id}", { params: inChannel(id), body }));
export const archiveChannel = (id: string): Promise<Channel> =>
  answer(http.POST("/api/v1/channels/{channel_id}/archive", { params: inChannel(id) }));
export const reopenChannel = (id: string): Promise<Channel> =>
  answer(http.POST("/api/v1/channels/{channel_id}/reopen", { params: inChannel(id) }));

export const letIn = (id: string, user_id: string): Promise<{ items: ChannelMember[] }> =>
  answer(http.POST("/api/v1/channels/{channel_id}/members", { params: inChannel(id), body: { user_id } }));
export const letOut = (channel_id: string, user_id: string): Promise<unknown> =>
  answer(
    http.DELETE("/api/v1/channels/{channel_id}/members/{user_id}", { params: { path: { channel_id, user_id } } }),
  );

export const setMark = (id: string, body: Schema<"MarkIn">): Promise<Mark> =>
  answer(http.PUT("/api/v1/channels/{channel_id}/mark", { params: inChannel(id), body }));
export const setLevel = (id: string, level: Level): Promise<Mark> =>
  answer(http.PUT("/api/v1/channels/{channel_id}/level", { params: inChannel(id), body: { level } }));

export const keepDraft = (id: string, text: string, thread_id: string | null, files: string[]): Promise<unknown> =>
  answer(
    http.PUT("/api/v1/channels/{channel_id}/draft", { params: inChannel(id), body: { text, thread_id, files }, keepalive: true }),
  );
