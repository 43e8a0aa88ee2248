/** The signs one can answer with: their names in both languages, from data that lies beside the application. */
import type { CompactEmoji } from "emojibase";

export interface Sign {
  unicode: string;
  name: string;
  group: number;
  /** The same in five tones of skin, lightest first; empty when it has none. */
  tones: readonly string[];
  /** What is searched: names and words of both languages, without accents. */
  words: string;
}

/** Categories as Unicode numbers them; parts of signs (2) are not shown. */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;
export type Group = (typeof GROUPS)[number];

/** Until one has given any. */
export const FIRST = ["👍", "✅", "👏", "🙏", "🎉", "👀", "❤️", "😄"];

let signs: Promise<Sign[]> | null = null;

/** All signs, in the order of Unicode, named in the person's language. */
export function loadSigns(language: string): Promise<Sign[]> {
  signs ??= Promise.all([import("emojibase-data/fr/compact.json"), import("emojibase-data/en/compact.json")]).then(
    ([french, english]) => gather(french.default, english.default, language),
  );
  signs.catch(() => {
    signs = null; // the network was away: the next opening tries again
  });
  return signs;
}

export function gather(french: readonly CompactEmoji[], english: readonly CompactEmoji[], language: string): Sign[] {
  const other = new Map(english.map((one) => [one.hexcode, one]));
  return french
    .filter((one) => one.group !== undefined && one.group !== 2)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((one) => {
      const twin = other.get(one.hexcode);
      return {
        unicode: one.unicode,
        name: language === "en" ? (twin?.label ?? one.label) : one.label,
        group: one.group ?? 0,
        tones: (one.skins ?? []).filter((skin) => tonesIn(skin.hexcode) === 1).map((skin) => skin.unicode),
        words: plain([one.label, ...(one.tags ?? []), twin?.label ?? "", ...(twin?.tags ?? [])].join(" ")),
      };
    });
}

/** Signs with a word that begins with each of the words typed; those whose name begins so come first. */
export function find(all: readonly Sign[], text: string, limit = 96): Sign[] {
  const words = plain(text).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const fits = all.filter((sign) => words.every((word) => sign.words.startsWith(word) || sign.words.includes(` ${word}`)));
  const first = words.join(" ");
  const rank = (sign: Sign): number => (plain(sign.name).startsWith(first) ? 0 : 1);
  return fits.sort((a, b) => rank(a) - rank(b)).slice(0, limit);
}

/** The sign in a tone of skin: 0 is the yellow one. */
export function toned(sign: Sign, tone: number): string {
  return tone === 0 ? sign.unicode : (sign.tones[tone - 1] ?? sign.unicode);
}

const KEPT = "plano.chat.tone";

export function keptTone(): number {
  const tone = Number(localStorage.getItem(KEPT) ?? 0);
  return Number.isInteger(tone) && tone >= 0 && tone <= 5 ? tone : 0;
}

export function keepTone(tone: number): void {
  localStorage.setItem(KEPT, String(tone));
}

function tonesIn(hexcode: string): number {
  const found = hexcode.match(/1F3F[B-F]/g) ?? [];
  return new Set(found).size;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
