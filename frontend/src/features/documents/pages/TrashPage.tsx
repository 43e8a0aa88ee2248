import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function TrashPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <Page>
      <PageHeader title={t("trash.title")} />
      <EmptyState icon={IconTrash} title={t("trash.empty")} hint={t("trash.hint")} />
    </Page>
  );
}
