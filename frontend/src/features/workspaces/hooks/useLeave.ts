import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { keys, removeMember, type Workspace } from "../api";

/** Leaving asks first: only somebody else can let me in again. */
export function useLeave(workspace: Workspace): () => void {
  const { t } = useTranslation("workspaces");
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return () =>
    confirm({
      title: t("leave.title", { name: workspace.name }),
      consequence: t("leave.consequence"),
      verb: t("leave.do"),
      act: async () => {
        await removeMember(workspace.id, me.id);
        await navigate({ to: "/" });
        await cache.invalidateQueries({ queryKey: keys.list });
      },
    });
}
