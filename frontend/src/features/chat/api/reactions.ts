/** Signs under messages, and pins. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../../shared/api/client";
import { liveQueryFn } from "../../../shared/live/ring";
import { keys, type Message } from "./base";

export type Reactions = Schema<"ReactionsOut">;

const ofMessage = (message_id: string) => ({ path: { message_id } });

/** Everybody who gave a sign: asked when the names that are at hand do not suffice. */
export const reactionsQuery = (message: Message) =>
  queryOptions({
    queryKey: ["chat", "reactions", message.id, message.version] as const,
    queryFn: ({ signal }) => answer(http.GET("/api/v1/messages/{message_id}/reactions", { params: ofMessage(message.id), signal })),
  });

/** The signs that I give most, on whatever device. */
export const frequentQuery = queryOptions({
  queryKey: ["chat", "frequent"] as const,
  queryFn: ({ signal }) => answer(http.GET("/api/v1/reactions/frequent", { signal })),
  staleTime: 5 * 60_000,
});

/** What is pinned in a channel, the latest pin first. */
export const pinsQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.pins(channelId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/channels/{channel_id}/pins", { params: { path: { channel_id: channelId } }, signal })),
    ),
  });

export const setReaction = (id: string, emoji: string, on: boolean): Promise<Message> => {
  const params = { path: { message_id: id, emoji } };
  const path = "/api/v1/messages/{message_id}/reactions/{emoji}";
  return on ? answer(http.PUT(path, { params })) : answer(http.DELETE(path, { params }));
};

export const setPin = (id: string, on: boolean): Promise<Message> => {
  const params = ofMessage(id);
  return on ? answer(http.PUT("/api/v1/messages/{message_id}/pin", { params })) : answer(http.DELETE("/api/v1/messages/{message_id}/pin", { params }));
};
