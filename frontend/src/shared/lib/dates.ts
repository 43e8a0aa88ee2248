/** Dates as people say them, in the person's time zone and language. Instants in, sentences out. */
import { currentLanguage, i18next } from "../i18n";

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Follows the profile (`me.time_zone`). */
export function setTimeZone(timeZone: string): void {
  zone = timeZone;
}

export function timeZone(): string {
  return zone;
}

type Instant = string | number | Date;
const MINUTE = 60_000;
const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Instant, options: Intl.DateTimeFormatOptions): string {
  const language = currentLanguage() === "en" ? "en-GB" : "fr-FR";
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    formats.set(key, known);
  }
  return known.format(new Date(date));
}

/** 14:05 */
export function clock(date: Instant): string {
  return format(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `2026-11-24` in the person's zone: what "the same day" means. */
export function dayKey(date: Instant): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(new Date(date));
}

function daysBetween(date: Instant, now: Instant): number {
  return Math.round((Date.parse(dayKey(now)) - Date.parse(dayKey(date))) / DAY);
}

/** lundi 24 novembre 2026 à 10:20 */
export function fullDate(date: Instant): string {
  const day = format(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return i18next.t("common:date.day_at", { day, time: clock(date) });
}

/** mardi 24 novembre */
export function longDay(date: Instant): string {
  return format(date, { weekday: "long", day: "numeric", month: "long" });
}

/** 19 nov., 17 novembre 2025 */
export function shortDay(date: Instant, now: Instant = Date.now()): string {
  const sameYear = dayKey(date).slice(0, 4) === dayKey(now).slice(0, 4);
  return sameYear
    ? format(date, { day: "numeric", month: "short" })
    : format(date, { day: "numeric", month: "long", year: "numeric" });
}

/** A day without its time: aujourd’hui, hier, demain, lundi, jeudi 26 nov., 17 novembre 2025. */
export function dayName(date: Instant, now: Instant = Date.now()): string {
  const days = daysBetween(date, now);
  if (days === 0) return i18next.t("common:date.today");
  if (days === 1) return i18next.t("common:date.yesterday");
  if (days === -1) return i18next.t("common:date.tomorrow");
  if (days > 1 && days < 7) return format(date, { weekday: "long" });
  if (days < 0 && days > -14) return format(date, { weekday: "long", day: "numeric", month: "short" });
  return shortDay(date, now);
}

/** Something that happened: à l’instant, il y a 12 min, à 09:41, hier à 14:05, lundi, 19 nov. */
export function ago(date: Instant, now: Instant = Date.now()): string {
  const passed = new Date(now).getTime() - new Date(date).getTime();
  if (passed < MINUTE) return i18next.t("common:date.just_now");
  if (passed < 60 * MINUTE) return i18next.t("common:date.minutes_ago", { count: Math.floor(passed / MINUTE) });
  const days = daysBetween(date, now);
  if (days === 0) return i18next.t("common:date.at", { time: clock(date) });
  if (days === 1) return i18next.t("common:date.yesterday_at", { time: clock(date) });
  return dayName(date, now);
}

/** Something planned: aujourd’hui à 12:00, demain à 09:30, jeudi 26 nov. à 10:00. */
export function planned(date: Instant, now: Instant = Date.now()): string {
  return i18next.t("common:date.day_at", { day: dayName(date, now), time: clock(date) });
}

/** A plain date (`2026-11-24`) is the same day everywhere: noon UTC never changes day in the zones of France. */
export function plainDate(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

/** ISO week number of a day. */
export function weekNumber(date: Instant): number {
  const day = new Date(`${dayKey(date)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const start = Date.UTC(day.getUTCFullYear(), 0, 1);
  return Math.ceil(((day.getTime() - start) / DAY + 1) / 7);
}
