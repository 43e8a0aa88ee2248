import { Button } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { allNotificationsQuery, notificationsQuery } from "../api";
import { NotificationLine } from "../components/NotificationLine";
import { useMarkRead } from "../hooks/useMarkRead";
import { grouped } from "../lib/groups";
import css from "./NotificationsPage.module.css";

export default function NotificationsPage(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const all = useInfiniteQuery(allNotificationsQuery);
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
      {all.isPending && <RowsSkeleton />}
      <ProblemNote error={all.error} />
      {all.data && groups.length === 0 && <EmptyState icon={IconBell} title={t("empty.title")} hint={t("empty.hint")} />}
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
