import { IconChecklist } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function TasksPage(): React.JSX.Element {
  const { t } = useTranslation("tasks");
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconChecklist} title={t("empty.title")} hint={t("empty.hint")} />
    </Page>
  );
}
