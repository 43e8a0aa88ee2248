/** Days of fields in words. */
import { currentLanguage } from "../../../shared/i18n";

/** « 28 février 2027 » for `2027-02-28`: a day has no hour and no zone. */
export function dayInWords(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const at = new Date(Date.UTC(2000, month - 1, date));
  at.setUTCFullYear(year);
  return at.toLocaleDateString(currentLanguage() === "en" ? "en-GB" : "fr-FR", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
}
