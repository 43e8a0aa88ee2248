/** Initials of people and workspaces. */
const SMALL = new Set(["de", "du", "des", "la", "le", "les", "l", "d", "et", "à", "au", "aux", "en", "of", "the", "and", "for"]);

function words(name: string): string[] {
  return name.split(/[\s’'\-_.]+/u).filter((word) => word !== "");
}

function first(word: string | undefined): string {
  return word ? (Array.from(word)[0] ?? "").toLocaleUpperCase("fr") : "";
}

/** « Chloé Nguyen » → CN, « Marie » → MA. */
/** A program that writes: the server puts this before its name, so that it is taken for no person. */
export function isRobot(name: string): boolean {
  return name.startsWith("Robot · ");
}

export function personInitials(name: string): string {
  const parts = words(name);
  const last = parts.at(-1);
  if (parts.length > 1) return first(parts[0]) + first(last);
  return Array.from(parts[0] ?? "?").slice(0, 2).join("").toLocaleUpperCase("fr");
}

/** « Plan de continuité » → PC, « Budget 2027 » → B27. */
export function workspaceInitials(name: string): string {
  const all = words(name);
  const parts = all.filter((word) => !SMALL.has(word.toLocaleLowerCase("fr")));
  const [one, two] = parts.length > 0 ? parts : all;
  if (!two) return Array.from(one ?? "?").slice(0, 2).join("").toLocaleUpperCase("fr");
  return first(one) + (/^\d+$/.test(two) ? two.slice(-2) : first(two));
}

/** The first name, for short phrases: « Bruno, Chloé et David ». */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** An identity colour, 1 to 8, when the server gives something else. */
export function identity(color: number): number {
  return color >= 1 && color <= 8 ? Math.trunc(color) : (Math.abs(Math.trunc(color)) % 8) + 1;
}
