/** French first, English complete. One JSON file per language and feature, fetched when a page needs it. */
import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

type Messages = { default: Record<string, string> };
const files = import.meta.glob<Messages>("../../locales/*/*.json");

const bundled: BackendModule = {
  type: "backend",
  init: () => {},
  read: (language, namespace, done) => {
    const load = files[`../../locales/${language}/${namespace}.json`];
    if (!load) {
      done(new Error(`no words for ${namespace} in ${language}`), null);
      return;
    }
    load().then(
      (file) => done(null, file.default),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

const COOKIE = /(?:^|;\s*)plano_language=(fr|en)/;

export function isLanguage(value: unknown): value is Language {
  return value === "fr" || value === "en";
}

function firstLanguage(): Language {
  const chosen = COOKIE.exec(document.cookie)?.[1];
  if (isLanguage(chosen)) return chosen;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "fr";
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "fr";
}

/** Changes the language here and now; the account keeps its own choice (settings). */
export async function setLanguage(language: Language): Promise<void> {
  document.cookie = `plano_language=${language}; path=/; max-age=31536000; samesite=lax`;
  if (i18next.language !== language) await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startWords(): Promise<void> {
  const language = firstLanguage();
  await i18next
    .use(bundled)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: [...LANGUAGES],
      ns: ["common", "errors", "shell"],
      defaultNS: "common",
      fallbackNS: "common",
      keySeparator: ".",
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
  document.documentElement.lang = language;
}

/** Fetches the words of a page together with its code. */
export function loadWords(namespace: string): Promise<void> {
  return i18next.loadNamespaces(namespace);
}

export { i18next };
