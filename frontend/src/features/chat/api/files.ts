/** Files of conversations. They are documents of the library: here only their ids. */
import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../../shared/api/client";
import { livePageFn } from "../../../shared/live/ring";

export type FileRow = Schema<"FileRowOut">;

export const filesKey = (channelId: string) => ["chat", "files", channelId] as const;

/** What the messages of a conversation carry, the latest first. */
export const filesQuery = (channel_id: string) =>
  infiniteQueryOptions({
    queryKey: filesKey(channel_id),
    queryFn: livePageFn(({ signal, pageParam }: { signal: AbortSignal; pageParam: string | null }) =>
      answer(http.GET("/api/v1/channels/{channel_id}/files", { params: { path: { channel_id }, query: { cursor: pageParam } }, signal })),
    ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Schema<"Page_FileRowOut_">) => page.next ?? null,
  });

/** Of how many readers of the conversation each of these documents is not seen. */
export const audienceOf = async (channel_id: string, files: string[]): Promise<Schema<"FileAudienceOut">[]> =>
  (await answer(http.POST("/api/v1/channels/{channel_id}/files/audience", { params: { path: { channel_id } }, body: { files } }))).items;

/** What I put here and do not send: to the bin. */
export const takeBack = (channel_id: string, node_id: string): Promise<unknown> =>
  answer(http.DELETE("/api/v1/channels/{channel_id}/files/{node_id}", { params: { path: { channel_id, node_id } } }));
