import { IconCompass, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import { RoleTag } from "../../../shared/ui/Tags";
import { WorkspaceTile } from "../../../shared/ui/WorkspaceTile";
import { type Workspace, workspacesQuery } from "../api";
import css from "./Workspaces.module.css";

/** All my workspaces, archived ones apart. */
export default function WorkspacesPage(): React.JSX.Element {
  const { t } = useTranslation("workspaces");
  const { data, error } = useQuery(workspacesQuery);
  const all = data?.items ?? [];
  const open = all.filter((one) => one.archived_at === null);
  const archived = all.filter((one) => one.archived_at !== null);
  return (
    <Page narrow>
      <PageHeader title={t("list.title")} meta={t("list.count", { count: open.length })}>
        <ButtonLink to="/espaces/nouveau" leftSection={<IconPlus size={18} stroke={1.75} />}>
          {t("list.open")}
        </ButtonLink>
      </PageHeader>
      <ProblemNote error={error} />
      {data && all.length === 0 && <EmptyState icon={IconCompass} title={t("list.empty")} hint={t("list.empty_hint")} />}
      {open.length > 0 && <Rows workspaces={open} label={t("list.title")} />}
      {archived.length > 0 && (
        <Section title={t("list.archived")}>
          <Rows workspaces={archived} label={t("list.archived")} />
        </Section>
      )}
    </Page>
  );
}

function Rows({ workspaces, label }: { workspaces: Workspace[]; label: string }): React.JSX.Element {
  return (
    <ul role="list" className={css.list} aria-label={label}>
      {workspaces.map((workspace) => (
        <li key={workspace.id} className={css.row}>
          <WorkspaceTile name={workspace.name} color={workspace.color} size={48} />
          <div className={css.words}>
            <Link to="/w/$slug" params={{ slug: workspace.slug }} className={css.name}>
              {workspace.name}
            </Link>
            {workspace.description !== "" && <p className={css.about}>{workspace.description}</p>}
          </div>
          <RoleTag role={workspace.mine.role} />
        </li>
      ))}
    </ul>
  );
}
