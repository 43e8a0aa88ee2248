/** What the holder of a share link asks, without an account. */
import { queryOptions } from "@tanstack/react-query";
import { answer, http, type Schema } from "../../shared/api/client";

export type SharedView = Schema<"SharedView">;
export type SharedItem = Schema<"SharedItem">;
export type SharedPage = Schema<"SharedPage">;

export const sharedKeys = {
  view: (token: string) => ["shared", token] as const,
  items: (token: string, folderId: string | null) => ["shared", token, "items", folderId ?? "top"] as const,
};

export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: sharedKeys.view(token),
    queryFn: ({ signal }) => answer(http.GET("/api/v1/s/{token}", { params: { path: { token } }, signal })),
    retry: false,
    staleTime: 0,
  });

/** A shared folder is read to its end. */
export const sharedItemsQuery = (token: string, folderId: string | null) =>
  queryOptions({
    queryKey: sharedKeys.items(token, folderId),
    queryFn: async ({ signal }): Promise<SharedPage> => {
      const items: SharedItem[] = [];
      let cursor: string | null = null;
      for (;;) {
        const query: { folder_id?: string; cursor?: string } = {};
        if (folderId !== null) query.folder_id = folderId;
        if (cursor !== null) query.cursor = cursor;
        const page: SharedPage = await answer(http.GET("/api/v1/s/{token}/items", { params: { path: { token }, query }, signal }));
        items.push(...page.items);
        if (page.next === null) return { ...page, items };
        cursor = page.next;
      }
    },
    retry: false,
    staleTime: 0,
  });

export const openShared = (token: string, password: string | null): Promise<SharedView> =>
  answer(http.POST("/api/v1/s/{token}/visit", { params: { path: { token } }, body: password === null ? {} : { password } }));

export const sharedContentUrl = (token: string, nodeId: string): string => `/api/v1/s/${token}/content/${nodeId}`;
/** The same bytes, to be looked at in the page. */
export const sharedViewUrl = (token: string, nodeId: string): string =>
  new URL(`${sharedContentUrl(token, nodeId)}?inline=1`, window.location.origin).href;
export const sharedArchiveUrl = (token: string, folderId: string | null): string =>
  `/api/v1/s/${token}/archive${folderId === null ? "" : `?folder_id=${folderId}`}`;
export const depositsUrl = (token: string): string => `/api/v1/s/${token}/deposits/`;
