/** How somebody looks at a folder, kept in this browser: the order and the columns, per person and folder. */
import type { Sort, SortKey } from "./tree";

export type Column = Exclude<SortKey, "name">;
export interface FolderLook {
  sort: Sort;
  columns: readonly Column[];
}

/** In this order, whatever was chosen first. */
export const COLUMNS: readonly Column[] = ["kind", "tags", "author", "created", "modified", "size"];
export const SORTS: readonly SortKey[] = ["name", "modified", "created", "author", "kind", "tags", "size"];
export const USUAL: FolderLook = { sort: { by: "name", down: false }, columns: ["author", "modified", "size"] };
/** Of so many folders; the one that was chosen longest ago is forgotten first. */
export const KEPT = 300;

const keyOf = (userId: string): string => `plano:looks:${userId}`;
type Kept = [string, FolderLook];

function read(userId: string): Kept[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? "[]");
    return Array.isArray(found) ? (found as unknown[]).filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(one: unknown): one is Kept {
  if (!Array.isArray(one) || typeof one[0] !== "string") return false;
  const look = one[1] as Partial<FolderLook> | null;
  return SORTS.includes(look?.sort?.by as SortKey) && Array.isArray(look?.columns) && look.columns.every((column) => COLUMNS.includes(column));
}

export function lookOf(userId: string, folder: string): FolderLook {
  return read(userId).find(([id]) => id === folder)?.[1] ?? USUAL;
}

export function keepLook(userId: string, folder: string, look: FolderLook): void {
  const others = read(userId).filter(([id]) => id !== folder);
  const usual = JSON.stringify(look) === JSON.stringify(USUAL);
  const next: Kept[] = usual ? others : [...others, [folder, look]];
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(next.slice(-KEPT)));
  } catch {
    // a full or forbidden storage only forgets how a folder was looked at
  }
}
