/** Naming people with @ while one writes. Pure. */

export interface Named {
  id: string;
  name: string;
}

export interface Asked {
  /** Where the @ stands. */
  start: number;
  /** What was typed after it. */
  text: string;
}

const MOST = 40;

/** The name that is being typed before the caret, if one is. */
export function asked(value: string, caret: number): Asked | null {
  const before = value.slice(Math.max(0, caret - MOST), caret);
  const at = before.lastIndexOf("@");
  if (at < 0) return null;
  const previous = before[at - 1];
  if (previous !== undefined && /[\p{L}\p{N}_.]/u.test(previous)) return null; // an address, not a name
  const text = before.slice(at + 1);
  if (/[\n@]/.test(text) || text.startsWith(" ") || text.split(" ").length > 3) return null;
  return { start: caret - text.length - 1, text };
}

/** People whose name has a word beginning with each of the words typed; accents and case do not matter. */
export function matching<T extends Named>(people: readonly T[], text: string, limit = 6): T[] {
  const words = fold(text).split(" ").filter(Boolean);
  const fits = (name: string): boolean => {
    const parts = fold(name).split(/[\s’'-]+/u);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  };
  return people.filter((person) => fits(person.name)).slice(0, limit);
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function named(value: string, where: Asked, name: string): { value: string; caret: number } {
  const end = where.start + 1 + where.text.length;
  const space = value[end] === " " ? "" : " ";
  const before = `${value.slice(0, where.start)}@${name}${space}`;
  return { value: before + value.slice(end), caret: before.length + (space === "" ? 1 : 0) };
}

/** Those of these people whose @name is in the text. */
export function namedIn<T extends Named>(text: string, people: readonly T[]): T[] {
  return people.filter((person) => text.includes(`@${person.name}`));
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase("fr");
}
