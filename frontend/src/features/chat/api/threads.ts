/** Threads that I follow, each with a count of its own. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../../shared/api/client";
import { liveQueryFn } from "../../../shared/live/ring";
import { keys } from "./base";

export type Thread = Schema<"ThreadForMe">;
export type ThreadPlace = Schema<"ThreadOut">;

const ofMessage = (message_id: string) => ({ path: { message_id } });

export const threadsQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.threads(workspaceId),
    queryFn: liveQueryFn(({ signal }) =>
      answer(http.GET("/api/v1/workspaces/{workspace_id}/threads", { params: { path: { workspace_id: workspaceId } }, signal })),
    ),
  });

/** My place in one thread, followed or not. */
export const followQuery = (rootId: string) =>
  queryOptions({
    queryKey: keys.follow(rootId),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/messages/{message_id}/follow", { params: ofMessage(rootId), signal })),
    retry: false,
  });

export const setFollow = (rootId: string, on: boolean): Promise<ThreadPlace> => {
  const params = ofMessage(rootId);
  return on
    ? answer(http.PUT("/api/v1/messages/{message_id}/follow", { params }))
    : answer(http.DELETE("/api/v1/messages/{message_id}/follow", { params }));
};
