/** Doors of a channel for programs: robots that write here, services that are told. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../../shared/api/client";

export type IncomingHook = Schema<"IncomingHookOut">;
export type OutgoingHook = Schema<"OutgoingHookOut">;
export type Delivery = Schema<"DeliveryOut">;

export const hookKeys = {
  of: (channelId: string) => ["chat", "hooks", channelId] as const,
  deliveries: (hookId: string) => ["chat", "hook-deliveries", hookId] as const,
};

const inChannel = (channel_id: string) => ({ params: { path: { channel_id } } });
const ofHook = (hook_id: string) => ({ params: { path: { hook_id } } });

/** What comes in and what goes out, as all readers see it. */
export const hooksQuery = (channelId: string) =>
  queryOptions({
    queryKey: hookKeys.of(channelId),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/channels/{channel_id}/hooks", { ...inChannel(channelId), signal })),
    staleTime: 0,
  });

export const deliveriesQuery = (hookId: string) =>
  queryOptions({
    queryKey: hookKeys.deliveries(hookId),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/outgoing-hooks/{hook_id}/deliveries", { ...ofHook(hookId), signal })),
    staleTime: 0,
  });

export const openIncoming = (channelId: string, body: Schema<"IncomingHookIn">): Promise<Schema<"NewIncomingHookOut">> =>
  answer(http.POST("/api/v1/channels/{channel_id}/incoming-hooks", { ...inChannel(channelId), body }));
export const openOutgoing = (channelId: string, body: Schema<"OutgoingHookIn">): Promise<Schema<"NewOutgoingHookOut">> =>
  answer(http.POST("/api/v1/channels/{channel_id}/outgoing-hooks", { ...inChannel(channelId), body }));

export const rotateIncoming = (id: string): Promise<string> =>
  answer(http.POST("/api/v1/incoming-hooks/{hook_id}/rotate", ofHook(id))).then((made) => made.url);
export const rotateOutgoing = (id: string): Promise<string> =>
  answer(http.POST("/api/v1/outgoing-hooks/{hook_id}/rotate", ofHook(id))).then((made) => made.secret);

export const stopIncoming = (id: string): Promise<unknown> => answer(http.DELETE("/api/v1/incoming-hooks/{hook_id}", ofHook(id)));
export const stopOutgoing = (id: string): Promise<unknown> => answer(http.DELETE("/api/v1/outgoing-hooks/{hook_id}", ofHook(id)));

export const answerForIncoming = (id: string): Promise<unknown> =>
  answer(http.PATCH("/api/v1/incoming-hooks/{hook_id}", { ...ofHook(id), body: { mine: true } }));
export const answerForOutgoing = (id: string): Promise<unknown> =>
  answer(http.PATCH("/api/v1/outgoing-hooks/{hook_id}", { ...ofHook(id), body: { mine: true } }));

export const tryOutgoing = (id: string): Promise<Delivery> => answer(http.POST("/api/v1/outgoing-hooks/{hook_id}/ping", ofHook(id)));
export const resumeOutgoing = (id: string): Promise<unknown> =>
  answer(http.POST("/api/v1/outgoing-hooks/{hook_id}/resume", ofHook(id)));
