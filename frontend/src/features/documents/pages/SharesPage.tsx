import { Switch } from "@mantine/core";
import { IconShare2 } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { BackToLibrary } from "../components/BackToLibrary";
import css from "../components/Share.module.css";
import { ShareList } from "../components/ShareList";
import { setSharing, shareKeys, sharingQuery, workspaceSharesQuery } from "../shares";

/** All links of a workspace, and whether there may be any: for its managers. */
export default function SharesPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const manager = workspace.mine.role === "manager";
  const sharing = useQuery(sharingQuery(workspace.id));
  const shares = useQuery({ ...workspaceSharesQuery(workspace.id), enabled: manager });
  const [failure, setFailure] = useState<unknown>(null);
  const on = sharing.data?.links ?? false;
  const set = async (links: boolean): Promise<void> => {
    await setSharing(workspace.id, links);
    await cache.invalidateQueries({ queryKey: shareKeys.sharing(workspace.id) });
    await cache.invalidateQueries({ queryKey: shareKeys.all });
  };
  const change = (links: boolean): void => {
    setFailure(null);
    const living = shares.data?.filter((share) => share.state !== "stopped").length ?? 0;
    if (links || living === 0) {
      set(links).catch(setFailure);
      return;
    }
    confirm({
      title: t("share.off_title"),
      consequence: t("share.off_text", { count: living }),
      verb: t("share.off_do"),
      act: () => set(false),
    });
  };
  return (
    <Page narrow>
      <BackToLibrary />
      <PageHeader title={t("share.page")} tabTitle={`${t("share.page")}, ${workspace.name}`} meta={t("share.page_lead")} />
      <div className={css.switch}>
        <Switch
          label={t("share.allow")}
          description={t(manager ? "share.allow_hint" : "share.managers_only")}
          checked={on}
          disabled={!manager || sharing.isPending || workspace.archived_at !== null}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      </div>
      <ProblemNote error={failure ?? sharing.error ?? shares.error} />
      {manager && shares.isPending && <RowsSkeleton rows={4} />}
      {shares.data?.length === 0 && <EmptyState icon={IconShare2} title={t("share.empty")} hint={t(on ? "share.empty_hint" : "share.empty_off")} />}
      {shares.data && shares.data.length > 0 && <ShareList shares={shares.data} label={t("share.page")} named />}
    </Page>
  );
}
