/** Pure rules of the board on the screen: order, places, filters. */
import type { Column, Label, Task } from "../api";
import { isLate } from "../../../shared/lib/due";

/** Ranks are compared byte by byte, as the server does; never by the rules of a language. */
export function byRank(a: { rank: string; id: string }, b: { rank: string; id: string }): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

export function byName(a: Label, b: Label): number {
  return a.name.localeCompare(b.name, "fr");
}

/** Where a task is about to stand: `index` counts the others of the column. */
export interface Placement {
  id: string;
  columnId: string;
  index: number;
}

export interface Filters {
  people: readonly string[];
  labels: readonly string[];
  late: boolean;
}

export const NO_FILTERS: Filters = { people: [], labels: [], late: false };

export function isFiltering(filters: Filters): boolean {
  return filters.late || filters.people.length > 0 || filters.labels.length > 0;
}

export function passes(task: Task, filters: Filters, now: number): boolean {
  if (filters.late && !isLate(task, now)) return false;
  if (filters.people.length > 0 && !task.assignees.some((person) => filters.people.includes(person.id))) return false;
  return filters.labels.length === 0 || task.label_ids.some((id) => filters.labels.includes(id));
}

/** The tasks of each column in order; the one that is being moved stands where it would be put. */
export function arranged(columns: readonly Column[], tasks: readonly Task[], placement: Placement | null): Map<string, Task[]> {
  const found = new Map<string, Task[]>(columns.map((column) => [column.id, []]));
  for (const task of tasks) if (task.id !== placement?.id) found.get(task.column_id)?.push(task);
  for (const column of found.values()) column.sort(byRank);
  const moved = placement && tasks.find((task) => task.id === placement.id);
  if (moved) {
    const column = found.get(placement.columnId);
    column?.splice(Math.min(placement.index, column.length), 0, moved);
  }
  return found;
}

/** Where a task stands now. */
export function placementOf(id: string, byColumn: ReadonlyMap<string, readonly Task[]>): Placement | null {
  for (const [columnId, tasks] of byColumn) {
    const index = tasks.findIndex((task) => task.id === id);
    if (index >= 0) return { id, columnId, index };
  }
  return null;
}

type Step = "up" | "down" | "left" | "right";

/** One step by the keyboard; the same place when there is a wall. */
export function stepped(from: Placement, step: Step, columns: readonly Column[], byColumn: ReadonlyMap<string, readonly Task[]>): Placement {
  const others = (id: string): number => (byColumn.get(id) ?? []).filter((task) => task.id !== from.id).length;
  if (step === "up" || step === "down") {
    const index = Math.max(0, Math.min(others(from.columnId), from.index + (step === "up" ? -1 : 1)));
    return { ...from, index };
  }
  const here = columns.findIndex((column) => column.id === from.columnId);
  const next = columns[here + (step === "left" ? -1 : 1)];
  return next ? { ...from, columnId: next.id, index: Math.min(from.index, others(next.id)) } : from;
}

/** What the server is asked, and the rank that the task has on the screen until it answers. */
export function moveOf(placement: Placement, byColumn: ReadonlyMap<string, readonly Task[]>): {
  body: { column_id: string; after_id: string | null; before_id: string | null };
  rank: string;
} {
  const others = (byColumn.get(placement.columnId) ?? []).filter((task) => task.id !== placement.id);
  const after = placement.index > 0 ? others[placement.index - 1] : undefined;
  const before = others[placement.index];
  return {
    body: { column_id: placement.columnId, after_id: after?.id ?? null, before_id: before?.id ?? null },
    // after a neighbour and before the next whatever that one is: no server rank ends with a zero after its head
    rank: after ? `${after.rank}0` : before ? "" : "V",
  };
}
