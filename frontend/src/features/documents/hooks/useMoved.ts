import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import { toast } from "../../../shared/ui/toast";
import { nodeQuery, placesQuery } from "../api";

/** An old address of what is in another workspace now leads there (documents-8). */
export function useMoved(id: string | null): void {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const { data: node } = useQuery({ ...nodeQuery(id ?? ""), enabled: id !== null });
  const { data: all } = useQuery({ ...placesQuery, enabled: node !== undefined });
  const place = node && node.workspace_id !== workspace.id ? all?.items.find((one) => one.id === node.workspace_id) : undefined;
  useEffect(() => {
    if (!node || !place) return;
    toast(t("done.moved_away", { name: node.name, workspace: place.name }));
    const folder = node.kind === "folder" ? node.id : node.parent_id;
    const search = node.kind === "folder" ? {} : { doc: node.id };
    if (folder === null) void navigate({ to: "/w/$slug/documents", params: { slug: place.slug }, search, replace: true });
    else void navigate({ to: "/w/$slug/documents/dossier/$nodeId", params: { slug: place.slug, nodeId: folder }, search, replace: true });
  }, [node, place, navigate, t]);
}
