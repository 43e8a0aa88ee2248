/** Who is signed in and which workspace is open: given by app/, read by features. */
import { createContext, useContext } from "react";
import type { Schema } from "../api/client";

export type Me = Schema<"MeOut">;
export type Workspace = Schema<"WorkspaceForMe">;
export type RoleName = Workspace["mine"]["role"];
export type RoomName = Workspace["rooms"][number];

export const MeContext = createContext<Me | null>(null);
export const WorkspaceContext = createContext<Workspace | null>(null);

/** The person who is signed in. Only under the office layout. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe() outside a signed-in page");
  return me;
}

/** The person, or null for somebody who came by a link. */
export function useMaybeMe(): Me | null {
  return useContext(MeContext);
}

/** The workspace of the address. Only under /w/$slug. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace() outside a workspace page");
  return workspace;
}

export function useMaybeWorkspace(): Workspace | null {
  return useContext(WorkspaceContext);
}
