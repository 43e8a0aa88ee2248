/** What may follow in a question: operators, then the people, channels and days that they take. Pure. */

export type Operator = "from" | "in" | "before" | "after" | "on" | "has" | "names";

/** As they are spelt in each language; the server understands both. */
export const SPELT: Record<"fr" | "en", Record<Operator, string>> = {
  fr: { from: "de", in: "dans", before: "avant", after: "après", on: "le", has: "avec", names: "mentionne" },
  en: { from: "from", in: "in", before: "before", after: "after", on: "on", has: "has", names: "mentions" },
};
const OPERATORS: readonly Operator[] = ["from", "in", "before", "after", "on", "has", "names"];
const ALL = new Map<string, Operator>(
  Object.values(SPELT).flatMap((words) => OPERATORS.map((name): [string, Operator] => [plain(words[name]), name])),
);
export const FEATURES: Record<"fr" | "en", readonly string[]> = {
  fr: ["fichier", "lien", "sondage", "épinglé"],
  en: ["file", "link", "poll", "pinned"],
};
export const DAYS: Record<"fr" | "en", readonly string[]> = { fr: ["aujourd'hui", "hier", "lundi"], en: ["today", "yesterday", "monday"] };
export const ME: Record<"fr" | "en", string> = { fr: "moi", en: "me" };
const MOST = 8;

export interface Suggestion {
  /** What stands in the question when it is chosen. */
  text: string;
  label: string;
  /** An operator goes on with its value; a value ends with a space. */
  open: boolean;
  operator: Operator | null;
}

interface Known {
  language: "fr" | "en";
  people: readonly string[];
  channels: readonly string[];
}

/** Without accents and capitals. */
export function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The last piece of a question, which is being typed: it may begin with a quote that is not closed. */
export function tail(question: string): string {
  let start = 0;
  let quoted = false;
  [...question].reduce((at, char) => {
    if (char === '"') quoted = !quoted;
    if (!quoted && /\s/u.test(char)) start = at + char.length;
    return at + char.length;
  }, 0);
  return question.slice(start);
}

export function suggestions(question: string, { language, people, channels }: Known): Suggestion[] {
  const last = tail(question);
  const minus = last.startsWith("-") ? "-" : "";
  const piece = last.slice(minus.length);
  const colon = piece.indexOf(":");
  const spelt = SPELT[language];
  if (colon < 0) {
    if (piece === "" && question.trim() !== "") return [];
    return OPERATORS.filter((name) => plain(spelt[name]).startsWith(plain(piece))).map((operator) => ({
      text: `${minus}${spelt[operator]}:`,
      label: `${spelt[operator]}:`,
      open: true,
      operator,
    }));
  }
  const operator = ALL.get(plain(piece.slice(0, colon)));
  if (!operator) return [];
  const typed = plain(piece.slice(colon + 1).replaceAll('"', ""));
  const fits = (name: string): boolean => plain(name).startsWith(typed) || plain(name).split(/[\s-]+/u).some((word) => word.startsWith(typed));
  const values = {
    from: [ME[language], ...people],
    names: [ME[language], ...people],
    in: channels,
    before: DAYS[language],
    after: DAYS[language],
    on: DAYS[language],
    has: FEATURES[language],
  }[operator];
  return values
    .filter((name) => fits(name) && plain(name) !== typed)
    .slice(0, MOST)
    .map((name) => {
      const value = /[\s"]/u.test(name) ? `"${name.replaceAll('"', "")}"` : name;
      return { text: `${minus}${piece.slice(0, colon)}:${value}`, label: name, open: false, operator: null };
    });
}

/** The question with the suggestion in place of what was being typed. */
export function accepted(question: string, { text, open }: Suggestion): string {
  return question.slice(0, question.length - tail(question).length) + text + (open ? "" : " ");
}
