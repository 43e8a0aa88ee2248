import { IconFolder } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function DocumentsPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconFolder} title={t("empty.title")} hint={t("empty.hint")} />
    </Page>
  );
}
