import { useTranslation } from "react-i18next";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { AccessTokens } from "../components/AccessTokens";
import { ApplicationPasswords } from "../components/ApplicationPasswords";
import { PasswordChange } from "../components/PasswordChange";
import { Sessions } from "../components/Sessions";

export default function SecurityPage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  return (
    <Page narrow>
      <PageHeader title={t("settings.security")} meta={t("security.lead")} />
      <PasswordChange />
      <Sessions />
      <ApplicationPasswords />
      <AccessTokens />
    </Page>
  );
}
