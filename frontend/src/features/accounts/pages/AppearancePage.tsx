import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page, PageHeader, Section } from "../../../shared/ui/Page";
import css from "./Settings.module.css";

const CHOICES: readonly MantineColorScheme[] = ["auto", "light", "dark"];

export default function AppearancePage(): React.JSX.Element {
  const { t } = useTranslation("accounts");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Page narrow>
      <PageHeader title={t("settings.appearance")} meta={t("appearance.lead")} />
      <Section title={t("appearance.theme")}>
        <div className={css.themes} role="radiogroup" aria-label={t("appearance.theme")}>
          {CHOICES.map((choice) => (
            <label key={choice} className={css.theme}>
              <input type="radio" name="theme" value={choice} checked={colorScheme === choice} onChange={() => setColorScheme(choice)} />
              {choice === "auto" ? (
                <span className={css.halves} aria-hidden="true">
                  <Preview theme="light" />
                  <Preview theme="dark" />
                </span>
              ) : (
                <Preview theme={choice} />
              )}
              <span className={css.themeName}>{t(`appearance.${choice}`)}</span>
            </label>
          ))}
        </div>
      </Section>
    </Page>
  );
}

function Preview({ theme }: { theme: "light" | "dark" }): React.JSX.Element {
  return (
    <span className={css.preview} data-theme={theme} aria-hidden="true">
      <span />
      <i />
    </span>
  );
}
