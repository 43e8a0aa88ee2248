/** A new event that is being written survives a reload and a walk to another room; signing out forgets it. */
import type { FormValues } from "./form";

export interface Draft {
  id: string;
  values: FormValues;
  before: FormValues;
}

const key = (workspaceId: string): string => `plano-agenda-brouillon-${workspaceId}`;

export function keepDraft(workspaceId: string, draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(key(workspaceId));
    else sessionStorage.setItem(key(workspaceId), JSON.stringify(draft));
  } catch {
    // a browser without storage keeps nothing
  }
}

export function keptDraft(workspaceId: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(workspaceId)) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && "id" in value && "values" in value && "before" in value;
}
