import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { workspacesQuery } from "../../features/workspaces/api";
import { WorkspaceContext } from "../../shared/session/session";
import { LibraryProvider } from "../library/LibraryProvider";
import { WorkProvider } from "../work/WorkProvider";
import { NoAccessPage } from "../errors/ErrorPages";

/** Gives the workspace of the address to its rooms; one that is not mine does not exist for me. */
export function WorkspaceLayout(): React.JSX.Element {
  const { slug } = useParams({ from: "/office/w/$slug" });
  const { data } = useSuspenseQuery(workspacesQuery);
  const workspace = data.items.find((one) => one.slug === slug);
  if (!workspace) return <NoAccessPage />;
  return (
    <WorkspaceContext.Provider value={workspace}>
      <WorkProvider key={workspace.id}>
        <LibraryProvider>
          <Outlet />
        </LibraryProvider>
      </WorkProvider>
    </WorkspaceContext.Provider>
  );
}
