import { IconHome } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function HomePage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  return (
    <Page>
      <PageHeader title={t("home.title")} />
      <EmptyState icon={IconHome} title={t("home.empty")} hint={t("home.hint")} />
    </Page>
  );
}
