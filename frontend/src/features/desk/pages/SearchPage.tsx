import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function SearchPage(): React.JSX.Element {
  const { t } = useTranslation("desk");
  return (
    <Page>
      <PageHeader title={t("search.title")} />
      <EmptyState icon={IconSearch} title={t("search.empty")} hint={t("search.hint")} />
    </Page>
  );
}
