import { SegmentedControl } from "@mantine/core";
import { IconClipboardCheck } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useWorkspace } from "../../../shared/session/session";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import type { Node } from "../api";
import { type ApprovalPage, type Which, workspaceApprovalsQuery } from "../approvals";
import { ApprovalItem } from "../components/ApprovalItem";
import { BackToLibrary } from "../components/BackToLibrary";
import css from "../components/Approvals.module.css";

const FILTERS: readonly Which[] = ["open", "late", "done", "all"];

/** All requests about the documents of a workspace that I see. */
export default function ApprovalsPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const [which, setWhich] = useState<Which>("open");
  const { data, error, isPending } = useQuery({ ...workspaceApprovalsQuery(workspace.id, which), placeholderData: keepPreviousData });
  return (
    <Page narrow>
      <BackToLibrary />
      <PageHeader title={t("approval.title")} tabTitle={`${t("approval.title")}, ${workspace.name}`} meta={t("approval.page_lead")} />
      <SegmentedControl
        className={css.filter}
        aria-label={t("approval.filter")}
        data={FILTERS.map((value) => ({ value, label: t(`approval.which.${value}`) }))}
        value={which}
        onChange={(value) => setWhich(value as Which)}
      />
      <ProblemNote error={error} />
      {isPending && <RowsSkeleton rows={4} />}
      {data?.items.length === 0 && <EmptyState icon={IconClipboardCheck} title={t(`approval.empty.${which}`)} hint={t("approval.empty_hint")} />}
      {data && data.items.length > 0 && <List page={data} slug={workspace.slug} />}
    </Page>
  );
}

function List({ page, slug }: { page: ApprovalPage; slug: string }): React.JSX.Element {
  const me = useMe();
  const nodes = new Map<string, Node>(page.nodes.map((node) => [node.id, node]));
  return (
    <ul role="list" className={css.list}>
      {page.items.map((approval) => {
        const node = nodes.get(approval.node_id);
        const pair = node && page.abilities[node.scope_id];
        if (!node || !pair) return null;
        return (
          <ApprovalItem
            key={approval.id}
            approval={approval}
            abilities={approval.asked_by.id === me.id ? pair.own : pair.others}
            current={node.content_version}
            heading={
              <Link
                className={css.document}
                to="/w/$slug/documents"
                params={{ slug }}
                search={{ doc: node.id, demande: approval.id }}
              >
                {node.name}
              </Link>
            }
          />
        );
      })}
    </ul>
  );
}
