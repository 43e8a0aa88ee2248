/** Copies of a conversation. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, idempotent, type Schema } from "../../../shared/api/client";
import { newId } from "../../../shared/lib/ids";

export type ConversationExport = Schema<"ExportOut">;
export const isUnderWay = (one: ConversationExport): boolean => one.state === "waiting" || one.state === "running";

export const exportsQuery = (channelId: string) =>
  queryOptions({
    queryKey: ["chat", "exports", channelId] as const,
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/channels/{channel_id}/exports", { params: { path: { channel_id: channelId } }, signal })),
    staleTime: 0,
    // how far it has come is nobody else's business: no frame tells it
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.mine && isUnderWay(one)) ? 1500 : false),
  });

export const askExport = (channelId: string): Promise<ConversationExport> => {
  const id = newId();
  return answer(
    http.POST("/api/v1/channels/{channel_id}/exports", {
      params: { path: { channel_id: channelId } },
      body: { id },
      headers: idempotent(id),
    }),
  );
};
