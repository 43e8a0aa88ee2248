import { useTranslation } from "react-i18next";
import { useLocale } from "./useLocale";
import type { Line } from "../api";
import { readRule, ruleDays, weekdayNames } from "../lib/rule";
import { fullDay } from "../lib/words";

/** « Chaque semaine, le lundi, jusqu’au … »: a rule as people say it; null when the event does not repeat. */
export function useRuleWords(line: Pick<Line, "rrule" | "time_zone" | "start_local">): string | null {
  const { t } = useTranslation("calendar");
  const locale = useLocale();
  if (line.rrule === "") return null;
  const repeat = readRule(line.rrule, line.time_zone);
  if (repeat === null) return t("rule.other");
  const parts = [t(`rule.${repeat.frequency}`, { count: repeat.interval })];
  if (repeat.frequency === "weekly") {
    const names = weekdayNames(locale, "long");
    const days = ruleDays(repeat, line.start_local).map((day) => t("rule.day", { day: names[day] }));
    const list = new Intl.ListFormat(locale, { type: "conjunction" }).format(days);
    parts.push(t("rule.on", { days: list }));
  }
  if (repeat.end.kind === "until") parts.push(t("rule.until", { day: fullDay(locale, repeat.end.date) }));
  if (repeat.end.kind === "count") parts.push(t("rule.times", { count: repeat.end.count }));
  return parts.join(", ");
}
