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
  /** Hands over what is written, after a question when it would reach many. Nothing when there is nothing to say. */
  hand: (leave: Leave) => void;
}

/** What the written text says and to whom: sent now, later or kept, it is composed once. */
export function useComposed(written: string, people: readonly Mentionable[], also: boolean, files: readonly Attached[] = []): Composed {
  const { t } = useTranslation("chat");
  const over = written.length - MOST;
  const empty = written.trim() === "" && files.length === 0;
  const outside = namedIn(written, people).filter((person) => !person.inside);
  const hand = (leave: Leave): void => {
    if (empty || over > 0) return;
    const text = written.trimEnd();
    const named = namedIn(text, people).filter((person) => person.inside);
    const mentions = named.filter((one) => !isGroup(one.id)).map(({ id, name }) => ({ id, name }));
    const groups = groupsOf(named);
    const how: How = { ...(also && { inChannel: true }), ...(groups.length > 0 && { groups }), ...(files.length > 0 && { files: [...files] }) };
    const count = people.filter((one) => one.inside && !isGroup(one.id)).length;
    if (!groups.includes("all") || count <= ASKED_ABOVE) return leave(text, mentions, how);
    confirm({
      title: t("mention.all_title", { count }),
      consequence: t("mention.all_consequence"),
      verb: t("mention.all_verb", { count }),
      danger: false,
      act: async () => leave(text, mentions, { ...how, confirmed: true }),
    });
  };
  return { outside, empty, over, hand };
}
