/** The library as other rooms use it: given by app/, which knows Documents; absent where that room is switched off. */
import { type ComponentType, createContext, useContext } from "react";
import type { Attached } from "./onTheirWay";

export interface Uploader {
  /** What an earlier page left goes on. */
  restore: (userId: string) => Promise<void>;
  /** Into the folder of a conversation; they go as soon as the server answers. */
  attach: (userId: string, workspaceId: string, channelId: string, files: readonly File[]) => Attached[];
  retry: (uploadId: string) => void;
  /** Gives up what is on its way. */
  drop: (uploadId: string) => void;
  /** Files that an earlier page sent and whose answer nobody heard: which documents they became. */
  ask: (uploadId: string, size: number) => Promise<{ node: string } | "waiting" | "gone">;
}

export interface Library {
  workspaceId: string;
  /** Fetched when the first file needs it. */
  uploader: () => Promise<Uploader>;
  /** The documents that a message carries, as its reader may see them. */
  Carried: ComponentType<{ ids: readonly string[]; tabIndex?: number }>;
  /** One of them, by its name. */
  Named: ComponentType<{ id: string }>;
  /** Chooses documents of the workspace. */
  Picker: ComponentType<{ most: number; onChosen: (ids: string[]) => void; onClose: () => void }>;
  /** A copy in the folder of a conversation, for its people. */
  copyTo: (channelId: string, nodeId: string) => Promise<string>;
}

export const LibraryContext = createContext<Library | null>(null);

export function useLibrary(): Library | null {
  return useContext(LibraryContext);
}
