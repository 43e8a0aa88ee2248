/** Which rows are marked for an act on several. Pure; the page holds the set. */
import type { Row } from "./tree";

export type Marks = ReadonlySet<string>;
export const NONE: Marks = new Set();

export function toggled(marks: Marks, id: string): Marks {
  const next = new Set(marks);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** All rows between two places, both included, besides those that were marked. */
export function withRange(marks: Marks, rows: readonly Row[], from: number, to: number): Marks {
  const [first, last] = from <= to ? [from, to] : [to, from];
  return new Set([...marks, ...rows.slice(first, last + 1).map((row) => row.node.id)]);
}

/** The marked rows that are still there; what lies in a marked folder goes with it. */
export function marked(marks: Marks, rows: readonly Row[]): Row["node"][] {
  if (marks.size === 0) return [];
  const byId = new Map(rows.map((row) => [row.node.id, row.node]));
  const isInside = (id: string | null): boolean => id !== null && (marks.has(id) || isInside(byId.get(id)?.parent_id ?? null));
  return rows.map((row) => row.node).filter((node) => marks.has(node.id) && !isInside(node.parent_id));
}
