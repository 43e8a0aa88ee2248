/** Search in messages; what stands behind an operator is understood by the server. */
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../../shared/api/client";

export type FoundMessage = Schema<"FoundMessage">;
export type SearchOrder = "recent" | "relevance";

export interface Question {
  q: string;
  order: SearchOrder;
  workspace_id?: string;
  channel_id?: string;
}

export const searchMessagesQuery = (question: Question) =>
  infiniteQueryOptions({
    queryKey: ["chat", "search", question] as const,
    queryFn: ({ pageParam, signal }): Promise<Schema<"FoundMessages">> =>
      answer(
        http.GET("/api/v1/messages/search", {
          params: { query: { ...question, ...(pageParam !== null && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
    enabled: question.q !== "",
    placeholderData: keepPreviousData,
  });
