import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe } from "../../../shared/session/session";
import { type Channel, membersQuery, workspaceMembersQuery } from "../api";
import type { Mentionable } from "../components/Composer";

/** Who can be named here, and how everybody looks. */
export function usePeople(channel: Channel): { mentionable: Mentionable[]; people: ReadonlyMap<string, Mentionable> } {
  const me = useMe();
  const inside = useQuery(membersQuery(channel.id));
  const all = useQuery({ ...workspaceMembersQuery(channel.workspace_id), enabled: channel.kind === "channel" });
  return useMemo(() => {
    const people = new Map<string, Mentionable>();
    for (const one of inside.data?.items ?? []) people.set(one.person.id, { ...one.person, guest: one.guest, inside: true });
    for (const one of all.data?.items ?? []) {
      if (inside.data && !people.has(one.person.id)) people.set(one.person.id, { ...one.person, guest: one.role === "guest", inside: false });
    }
    const mentionable = [...people.values()]
      .filter((one) => one.id !== me.id)
      .sort((a, b) => Number(b.inside) - Number(a.inside) || a.name.localeCompare(b.name, "fr"));
    return { mentionable, people };
  }, [inside.data, all.data, me.id]);
}
