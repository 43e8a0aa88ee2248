import type { Schema } from "../../../shared/api/client";

export type Scope = Schema<"AccessTokenIn">["scopes"][number];

/** What a token may open, as the server names it. */
export const AREAS = ["chat", "documents", "tasks", "calendar", "notifications"] as const;
export type Area = (typeof AREAS)[number];

/** Nothing, reading, or both: a program that writes reads too. */
export type Reach = "none" | "read" | "write";

/** The scopes of a choice per area. */
export function scopesOf(choice: Readonly<Record<Area, Reach>>, profile: boolean): Scope[] {
  const chosen = AREAS.flatMap((area): Scope[] =>
    choice[area] === "none" ? [] : choice[area] === "read" ? [`${area}:read`] : [`${area}:read`, `${area}:write`],
  );
  return profile ? [...chosen, "profile:read"] : chosen;
}
