/** The table of wishes, as it is edited: everywhere, and what is otherwise in one workspace. */
import type { Preferences, Wish } from "../api";

/** What counts in a place: its own wish, else that of everywhere. */
export function wishesIn(table: Preferences, workspace: string | null): Wish[] {
  const own = table.workspaces.find((one) => one.workspace_id === workspace)?.wishes ?? [];
  return table.everywhere.map((wish) => own.find((one) => one.group === wish.group) ?? wish);
}

export function differs(table: Preferences, workspace: string): boolean {
  return table.workspaces.some((one) => one.workspace_id === workspace && one.wishes.length > 0);
}

/** The table with one changed line. In a workspace, a line as everywhere is none. */
export function withWish(table: Preferences, workspace: string | null, wish: Wish): Preferences {
  if (workspace === null) return { ...table, everywhere: table.everywhere.map((one) => (one.group === wish.group ? wish : one)) };
  const own = table.workspaces.find((one) => one.workspace_id === workspace)?.wishes ?? [];
  const everywhere = table.everywhere.find((one) => one.group === wish.group);
  const others = own.filter((one) => one.group !== wish.group);
  const wishes = everywhere && same(everywhere, wish) ? others : [...others, wish];
  return withPlace(table, workspace, wishes);
}

/** « Comme partout ». */
export function asEverywhere(table: Preferences, workspace: string): Preferences {
  return withPlace(table, workspace, []);
}

function withPlace(table: Preferences, workspace: string, wishes: Wish[]): Preferences {
  const others = table.workspaces.filter((one) => one.workspace_id !== workspace);
  return { ...table, workspaces: wishes.length === 0 ? others : [...others, { workspace_id: workspace, wishes }] };
}

function same(a: Wish, b: Wish): boolean {
  return a.page === b.page && a.push === b.push && a.mail === b.mail;
}
