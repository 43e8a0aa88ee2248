/** Polls. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../../shared/api/client";
import type { Message } from "./base";

export type Poll = Schema<"PollOut">;

const ofMessage = (message_id: string) => ({ path: { message_id } });

/** What I voted; asked again when the poll changed. */
export const voteQuery = (message: Message) =>
  queryOptions({
    queryKey: ["chat", "vote", message.id, message.version] as const,
    queryFn: ({ signal }) => answer(http.GET("/api/v1/messages/{message_id}/vote", { params: ofMessage(message.id), signal })),
    placeholderData: (before) => before,
  });

export const askPoll = (channelId: string, body: Schema<"PollIn"> & { id: string }): Promise<Message> =>
  answer(
    http.POST("/api/v1/channels/{channel_id}/polls", { params: { path: { channel_id: channelId } }, body, headers: idempotent(body.id) }),
  );

export const castVote = (id: string, options: number[]): Promise<Message> =>
  answer(http.PUT("/api/v1/messages/{message_id}/vote", { params: ofMessage(id), body: { options } }));

export const closePoll = (id: string): Promise<Message> =>
  answer(http.POST("/api/v1/messages/{message_id}/close", { params: ofMessage(id) }));
