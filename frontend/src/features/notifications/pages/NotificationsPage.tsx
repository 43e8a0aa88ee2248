import { IconBell } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function NotificationsPage(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconBell} title={t("empty.title")} hint={t("empty.hint")} />
    </Page>
  );
}
