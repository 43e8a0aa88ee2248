import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../shared/session/session";
import { type Channel, membersQuery, workspaceMembersQuery } from "../api";
import type { Mentionable } from "../components/Composer";
import { GROUP_IDS, type GroupName } from "../lib/groups";

/** Who can be named here, and how everybody looks. */
export function usePeople(channel: Channel): { mentionable: Mentionable[]; people: ReadonlyMap<string, Mentionable> } {
  const { t } = useTranslation("chat");
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
    if (channel.kind === "channel") mentionable.push(group("all", t("mention.all_word")), group("managers", t("mention.managers_word")));
    return { mentionable, people };
  }, [inside.data, all.data, me.id, channel.kind, t]);
}

/** A group stands among the people to be named. */
function group(which: GroupName, name: string): Mentionable {
  return { id: GROUP_IDS[which], name, avatar_url: null, color: 1, version: 0, guest: false, inside: true };
}
