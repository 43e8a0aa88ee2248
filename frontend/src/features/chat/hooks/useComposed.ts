import { useTranslation } from "react-i18next";
import type { Attached } from "../../../shared/library/onTheirWay";
import { namedIn } from "../../../shared/prose/mentions";
import { confirm } from "../../../shared/ui/confirm";
import type { Mentionable } from "../components/Composer";
import { ASKED_ABOVE, groupsOf, isGroup } from "../lib/groups";
import type { How } from "./useOutbox";

export const MOST = 20_000;

export type Leave = (text: string, mentions: { id: string; name: string }[], how: How) => void;

export interface Composed {
  /** People named who do not read here: they are warned about and not told. */
  outside: Mentionable[];
  empty: boolean;
  /** Characters beyond the limit; negative: how many are left. */
  over: number;
  /** How many people and groups it names, of those who read here. */
  named: { people: number; groups: number };
  /** Hands over what is written, after a question when it would reach many. Nothing when there is nothing to say. */
  hand: (leave: Leave) => void;
}

/** What the written text says and to whom: sent now, later or kept, it is composed once. */
export function useComposed(written: string, people: readonly Mentionable[], also: boolean, files: readonly Attached[] = []): Composed {
  const { t } = useTranslation("chat");
  const over = written.length - MOST;
  const empty = written.trim() === "" && files.length === 0;
  const all = namedIn(written, people);
  const outside = all.filter((person) => !person.inside);
  const inside = all.filter((person) => person.inside);
  const groups = inside.filter((one) => isGroup(one.id)).length;
  const hand = (leave: Leave): void => {
    if (empty || over > 0) return;
    const text = written.trimEnd();
    const named = namedIn(text, people).filter((person) => person.inside);
    const mentions = named.filter((one) => !isGroup(one.id)).map(({ id, name }) => ({ id, name }));
    const called = groupsOf(named);
    const how: How = { ...(also && { inChannel: true }), ...(called.length > 0 && { groups: called }), ...(files.length > 0 && { files: [...files] }) };
    const count = people.filter((one) => one.inside && !isGroup(one.id)).length;
    if (!called.includes("all") || count <= ASKED_ABOVE) return leave(text, mentions, how);
    confirm({
      title: t("mention.all_title", { count }),
      consequence: t("mention.all_consequence"),
      verb: t("mention.all_verb", { count }),
      danger: false,
      act: async () => leave(text, mentions, { ...how, confirmed: true }),
    });
  };
  return { outside, empty, over, named: { people: inside.length - groups, groups }, hand };
}
