import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { Devices } from "../settings/Devices";
import { RhythmSections } from "../settings/RhythmForm";
import { WishTable } from "../settings/WishTable";

/** What disturbs a person, how, and when. */
export default function NotificationSettingsPage(): React.JSX.Element {
  const { t } = useTranslation("wishes");
  return (
    <Page narrow>
      <PageHeader title={t("title")} meta={t("lead")} />
      <WishTable />
      <Devices />
      <RhythmSections />
    </Page>
  );
}
