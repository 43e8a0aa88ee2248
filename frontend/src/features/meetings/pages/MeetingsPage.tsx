import { IconVideo } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function MeetingsPage(): React.JSX.Element {
  const { t } = useTranslation("meetings");
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconVideo} title={t("empty.title")} hint={t("empty.hint")} />
    </Page>
  );
}
