import { IconLayoutDashboard } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function DeskPage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconLayoutDashboard} title={t("empty.title")} hint={t("empty.hint")} />
    </Page>
  );
}
