import { infiniteQueryOptions, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { announce } from "../../shared/a11y/announce";
import { answer, http, type Schema } from "../../shared/api/client";
import { sentenceFor } from "../../shared/api/errors";
import { liveQueryFn } from "../../shared/live/ring";
import { toast } from "../../shared/ui/toast";
import type { Node } from "./api";

export type Marks = Schema<"NodeMarksOut">;
export type Mark = Schema<"NodeMarkOut">;
export type Shelf = Schema<"ShelfOut">;
export type ShelfItem = Schema<"ShelfItem">;
export type ActivityLine = Schema<"ActivityOut">;
export type ActivityPage = Schema<"ActivityPage">;
export type ShelfName = "favourites" | "opened" | "changed" | "followed";

export const followKeys = {
  marks: ["documents-marks"] as const,
  shelves: ["documents-shelf"] as const,
  activities: ["documents-activity"] as const,
};

/** My stars and bells, all of them: a few ids. */
export const marksQuery = queryOptions({
  queryKey: followKeys.marks,
  queryFn: liveQueryFn(({ signal }) => answer(http.GET("/api/v1/documents/marks", { signal }))),
  staleTime: 300_000,
});

/** One short list, of a workspace or (null) of all. */
export const shelfQuery = (name: ShelfName, workspaceId: string | null) =>
  queryOptions({
    queryKey: [...followKeys.shelves, name, workspaceId] as const,
    queryFn: ({ signal }): Promise<Shelf> => {
      const query = workspaceId === null ? {} : { workspace_id: workspaceId };
      if (name === "favourites") return answer(http.GET("/api/v1/documents/favourites", { params: { query }, signal }));
      if (name === "followed") return answer(http.GET("/api/v1/documents/followed", { params: { query }, signal }));
      return answer(http.GET("/api/v1/documents/recent", { params: { query: { ...query, what: name } }, signal }));
    },
    staleTime: 0,
  });

/** What happened: to a document, in a folder, or (`node` null) in the whole library. */
export const activityQuery = (workspaceId: string, node: string | null) =>
  infiniteQueryOptions({
    queryKey: [...followKeys.activities, workspaceId, node] as const,
    queryFn: ({ signal, pageParam }): Promise<ActivityPage> => {
      const query = pageParam === "" ? {} : { cursor: pageParam };
      return node === null
        ? answer(http.GET("/api/v1/workspaces/{workspace_id}/activity", { params: { path: { workspace_id: workspaceId }, query }, signal }))
        : answer(http.GET("/api/v1/nodes/{node_id}/activity", { params: { path: { node_id: node }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: 0,
  });

export const forgetOpened = (): Promise<unknown> => answer(http.DELETE("/api/v1/documents/recent"));

function setMark(what: "favourite" | "follow", node_id: string, on: boolean): Promise<unknown> {
  const params = { path: { node_id } };
  if (what === "favourite") return answer(on ? http.PUT("/api/v1/nodes/{node_id}/favourite", { params }) : http.DELETE("/api/v1/nodes/{node_id}/favourite", { params }));
  return answer(on ? http.PUT("/api/v1/nodes/{node_id}/follow", { params }) : http.DELETE("/api/v1/nodes/{node_id}/follow", { params }));
}

/** What the person opened is read: the bell forgets what it told of it, on all devices. */
export const readAbout = (link_id: string): Promise<unknown> => answer(http.POST("/api/v1/notifications/read", { body: { link_id, all: false } }));

/** The lists with this mark on or off. */
export function marked(marks: Marks, mark: Mark): Marks {
  const put = (ids: string[], on: boolean): string[] => {
    if (ids.includes(mark.id) === on) return ids;
    return on ? [mark.id, ...ids] : ids.filter((id) => id !== mark.id);
  };
  return { favourites: put(marks.favourites, mark.favourite), followed: put(marks.followed, mark.followed) };
}

interface Known {
  favourites: ReadonlySet<string>;
  followed: ReadonlySet<string>;
}

const toSets = (marks: Marks): Known => ({ favourites: new Set(marks.favourites), followed: new Set(marks.followed) });
const NOTHING: Known = { favourites: new Set(), followed: new Set() };

export interface MyMarks {
  isFavourite: (id: string) => boolean;
  isFollowed: (id: string) => boolean;
  star: (node: Pick<Node, "id" | "name">) => void;
  follow: (node: Pick<Node, "id" | "name">) => void;
}

/** My stars and bells, and how to change them: at once on screen, honestly taken back when it fails. */
export function useMarks(): MyMarks {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const { data: known = NOTHING } = useQuery({ ...marksQuery, select: toSets });
  const change = (what: "favourite" | "follow", node: Pick<Node, "id" | "name">): void => {
    const before = { id: node.id, favourite: known.favourites.has(node.id), followed: known.followed.has(node.id) };
    const on = !(what === "favourite" ? before.favourite : before.followed);
    const after = what === "favourite" ? { ...before, favourite: on } : { ...before, followed: on };
    const show = (mark: Mark): void => void cache.setQueryData<Marks>(followKeys.marks, (marks) => marks && marked(marks, mark));
    show(after);
    announce(t(`marks.${what}_${on ? "on" : "off"}_said`, { name: node.name }));
    setMark(what, node.id, on).catch((error: unknown) => {
      show(before);
      toast(sentenceFor(error, t));
    });
  };
  return {
    isFavourite: (id) => known.favourites.has(id),
    isFollowed: (id) => known.followed.has(id),
    star: (node) => change("favourite", node),
    follow: (node) => change("follow", node),
  };
}
