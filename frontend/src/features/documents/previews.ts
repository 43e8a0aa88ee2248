import { queryOptions } from "@tanstack/react-query";
import { answer, http, problemIn, type Schema, send } from "../../shared/api/client";
import { contentUrl, type Node, TEXT_LIMIT } from "./api";
import { decode } from "./lib/formats";

export type Preview = Schema<"PreviewOut">;
export type PreviewKind = Preview["kind"];
export const TABLE_LIMIT = 4_000_000;
const EVERY = 1000;
const PATIENCE = 150;

/** Whether a preview is there; asking has it made, and one asks again until it is. */
export const previewQuery = (node: Node, kind: PreviewKind) =>
  queryOptions({
    queryKey: ["document-preview", node.id, node.content_version, node.state, kind],
    queryFn: ({ signal }) =>
      answer(http.GET("/api/v1/nodes/{node_id}/previews/{kind}", { params: { path: { node_id: node.id, kind } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === "preparing" && state.dataUpdateCount < PATIENCE ? EVERY : false),
    staleTime: 60_000,
  });

/** Where the bytes of a preview are. */
export function previewUrl(node: Node, kind: PreviewKind): string {
  return new URL(`/api/v1/nodes/${node.id}/previews/${kind}/content?inline=1&v=${node.content_version}`, window.location.origin).href;
}

/** The picture without place, author or device, made by the server while one waits; kept under its name. */
export async function downloadBare(node: Node): Promise<void> {
  const response = await send(new Request(new URL(`/api/v1/nodes/${node.id}/bare`, window.location.origin)));
  if (!response.ok) throw await problemIn(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${node.name.replace(/\.[^.]*$/, "")}.${response.headers.get("content-type") === "image/png" ? "png" : "jpg"}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Whether the server can do that with it. */
export const canBeBare = (node: Node): boolean => /^image\/(jpeg|png|webp|heic|avif|tiff|gif|bmp)$/.test(node.media_type);

/** The first bytes of a text. They come as a download, so that nothing of them could ever be a page of ours. */
export const textQuery = (node: Node, limit = TEXT_LIMIT) =>
  queryOptions({
    queryKey: ["document-text", node.id, node.content_version, limit],
    queryFn: async ({ signal }): Promise<string> => {
      const headers: Record<string, string> = node.size > limit ? { Range: `bytes=0-${limit - 1}` } : {};
      const response = await send(new Request(contentUrl(node), { signal, headers }));
      if (!response.ok) throw new Error(String(response.status));
      return decode(await response.arrayBuffer());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
