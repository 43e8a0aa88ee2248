import { useTranslation } from "react-i18next";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import css from "./NotificationSettingsPage.module.css";

/** What disturbs a person, and where it is chosen. */
export default function NotificationSettingsPage(): React.JSX.Element {
  const { t } = useTranslation("notifications");
  return (
    <Page narrow>
      <PageHeader title={t("title")} />
      <Section title={t("settings.told")}>
        <ul className={css.list}>
          {(["mention", "assignment", "event", "message", "followed"] as const).map((key) => (
            <li key={key}>{t(`settings.by_${key}`)}</li>
          ))}
        </ul>
      </Section>
      <Section title={t("settings.choose")}>
        <p className={css.text}>{t("settings.levels")}</p>
        <p className={css.text}>{t("settings.quiet")}</p>
      </Section>
    </Page>
  );
}
