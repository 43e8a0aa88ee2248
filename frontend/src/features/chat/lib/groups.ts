/** « @tous » and « @gestionnaires »: named like people, by fixed ids, and told with care. Pure. */
import type { Schema } from "../../../shared/api/client";

export type GroupName = Schema<"MessageIn">["groups"][number];

export const GROUP_IDS: Record<GroupName, string> = {
  all: "00000000-0000-7000-8000-000000000001",
  managers: "00000000-0000-7000-8000-000000000002",
};

/** Above this many people one is asked before all are told. */
export const ASKED_ABOVE = 20;

interface Named {
  id: string;
  name: string;
}

/** The groups among those named in a text. */
export function groupsOf(named: readonly Named[]): GroupName[] {
  return (Object.keys(GROUP_IDS) as GroupName[]).filter((group) => named.some((one) => one.id === GROUP_IDS[group]));
}

export function isGroup(id: string): boolean {
  return id === GROUP_IDS.all || id === GROUP_IDS.managers;
}

/** Named as all are: marked as I am. */
export function asMine<T extends Named>(mentions: readonly T[], me: string): T[] {
  return mentions.map((one) => (one.id === GROUP_IDS.all ? { ...one, id: me } : one));
}
