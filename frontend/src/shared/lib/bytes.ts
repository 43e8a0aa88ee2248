/** Sizes as people say them: 486 Ko, 1,4 Mo, 3 Go. */
import { currentLanguage } from "../i18n";

const UNITS = { fr: ["octets", "Ko", "Mo", "Go", "To"], en: ["bytes", "KB", "MB", "GB", "TB"] } as const;

export function byteSize(bytes: number): string {
  const language = currentLanguage();
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1000 && unit < 4) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  if (unit > 0 && Number(value.toFixed(digits)) >= 1000 && unit < 4) {
    value /= 1000;
    unit += 1;
  }
  const word = unit === 0 && bytes <= 1 ? (language === "fr" ? "octet" : "byte") : UNITS[language][unit];
  return `${numbers(language, digits).format(value)}\u00a0${word}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making one takes longer than drawing the row that it is for. */
function numbers(language: string, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${language} ${maximumFractionDigits}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(language, { maximumFractionDigits });
  formats.set(key, known);
  return known;
}
