import { useTranslation } from "react-i18next";

/** The locale of dates: English ones are written as in Europe, as everywhere in Plano. */
export function useLocale(): string {
  const { i18n } = useTranslation("calendar");
  return i18n.language === "en" ? "en-GB" : "fr-FR";
}
