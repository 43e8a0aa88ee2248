import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { type Filter, notificationsOf, notificationsQuery, workspacesQuery } from "../api";
import { NotificationLine } from "../components/NotificationLine";
import { useMarkRead } from "../hooks/useMarkRead";
import { grouped } from "../lib/groups";
import css from "./NotificationsPage.module.css";

const SHOWN = ["all", "unread", "mentions"] as const satisfies readonly Filter["show"][];

export default function NotificationsPage(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const [filter, setFilter] = useState<Filter>({ show: "all", workspace: null });
  const all = useInfiniteQuery(notificationsOf(filter));
  const { data: workspaces } = useQuery(workspacesQuery);
  const narrowed = filter.show !== "all" || filter.workspace !== null;
  const { data: first } = useQuery(notificationsQuery);
  const { read, readAll } = useMarkRead();
  const groups = grouped(all.data?.pages.flatMap((page) => page.items) ?? []);
  const unread = first?.unread ?? 0;
  return (
    <Page narrow>
      <PageHeader title={t("title")} meta={unread > 0 ? t("tab.unread_count", { count: unread }) : undefined}>
        {unread > 0 && (
          <Button variant="default" onClick={readAll}>
            {t("read_all")}
          </Button>
        )}
      </PageHeader>
      <div className={css.filters}>
        <SegmentedControl
          aria-label={t("filter.label")}
          value={filter.show}
          onChange={(show) => setFilter({ ...filter, show: show as Filter["show"] })}
          data={SHOWN.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
        <NativeSelect
          aria-label={t("filter.workspace")}
          value={filter.workspace ?? ""}
          onChange={(event) => setFilter({ ...filter, workspace: event.currentTarget.value || null })}
          data={[{ value: "", label: t("filter.everywhere") }, ...(workspaces?.items ?? []).map((one) => ({ value: one.id, label: one.name }))]}
        />
        <Link className={css.settings} to="/parametres/notifications">
          {t("filter.settings")}
        </Link>
      </div>
      {all.isPending && <RowsSkeleton />}
      <ProblemNote error={all.error} />
      {all.data && groups.length === 0 && <EmptyState icon={IconBell} title={t(filter.show === "unread" ? "empty.unread" : "empty.title")} hint={t(narrowed ? "empty.narrowed" : "empty.hint")} />}
      <ul role="list" className={css.list}>
        {groups.map((group) => (
          <li key={group.id}>
            <NotificationLine group={group} onOpen={(one) => read(one.unreadIds)} />
          </li>
        ))}
      </ul>
      {all.hasNextPage && (
        <Button variant="subtle" loading={all.isFetchingNextPage} onClick={() => void all.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </Page>
  );
}
