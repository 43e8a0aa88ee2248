import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type Workspace, workspacesQuery } from "../../features/workspaces/api";

/** My workspaces, those still open first, and the one of the address. */
export function useWorkspaces(): { mine: Workspace[]; open: Workspace | undefined } {
  const { slug } = useParams({ strict: false });
  const { data } = useQuery(workspacesQuery);
  const all = data?.items ?? [];
  const open = all.find((one) => one.slug === slug);
  return { mine: all.filter((one) => one.archived_at === null || one === open), open };
}
