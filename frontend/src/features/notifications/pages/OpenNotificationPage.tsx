import { IconBellOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "../../../shared/ui/ButtonLink";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { isProblem } from "../../../shared/api/problem";
import { markRead, oneNotificationQuery, workspacesQuery } from "../api";
import { addressOf } from "../components/NotificationLine";

/** The link of a mail: what it told of, which is read from now on, everywhere. */
export default function OpenNotificationPage(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  const { notificationId } = useParams({ from: "/office/notifications/$notificationId" });
  const { data: told, error } = useQuery(oneNotificationQuery(notificationId));
  const { data: workspaces } = useQuery(workspacesQuery);
  const place = workspaces?.items.find((one) => one.id === told?.workspace_id);
  const address = told && place ? addressOf(told, place.slug) : null;
  const unread = told !== undefined && told.read_at === null ? told.id : null;
  useEffect(() => {
    if (unread !== null) void markRead({ ids: [unread] }).catch(() => undefined); // it stays unread, and says so
  }, [unread]);
  if (address) return <Navigate {...address} replace />;
  const isGone = isProblem(error) && error.status === 404;
  return (
    <Page narrow>
      <PageHeader title={t("title")} />
      {!isGone && <ProblemNote error={error} />}
      {!error && (!told || !workspaces) && <RowsSkeleton />}
      {(isGone || (told && workspaces)) && (
        <EmptyState icon={IconBellOff} title={t("mail.gone")} hint={t("mail.gone_hint")}>
          <ButtonLink to="/notifications" variant="default">
            {t("see_all")}
          </ButtonLink>
        </EmptyState>
      )}
    </Page>
  );
}
