import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { Page, PageHeader } from "../../../shared/ui/Page";

export default function ChatPage(): React.JSX.Element {
  const { t } = useTranslation("chat");
  return (
    <Page>
      <PageHeader title={t("title")} />
      <EmptyState icon={IconMessages} title={t("empty.title")} hint={t("empty.hint")} />
    </Page>
  );
}
