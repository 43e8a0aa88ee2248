import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { workspacesQuery } from "../../features/workspaces/api";
import { WorkspaceContext } from "../../shared/session/session";
import { NoAccessPage } from "../errors/ErrorPages";

/** Gives the workspace of the address to its rooms; one that is not mine does not exist for me. */
export function WorkspaceLayout(): React.JSX.Element {
  const { slug } = useParams({ from: "/office/w/$slug" });
  const { data } = useSuspenseQuery(workspacesQuery);
  const workspace = data.items.find((one) => one.slug === slug);
  if (!workspace) return <NoAccessPage />;
  return (
    <WorkspaceContext.Provider value={workspace}>
      <Outlet key={workspace.id} />
    </WorkspaceContext.Provider>
  );
}
