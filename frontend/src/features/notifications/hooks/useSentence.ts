import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { firstName } from "../../../shared/lib/names";
import type { Notification } from "../api";
import { countOf, type Group } from "../lib/groups";

/** They come once and count. */
const COUNTED = new Set<Notification["kind"]>(["followed", "deposited", "direct"]);

/** Who did what: « Bruno vous mentionne ». */
export function useSentence(): (group: Pick<Group, "latest" | "people" | "unreadThings" | "things">) => string {
  const { t } = useTranslation("notifications");
  return useCallback(
    (group) => {
      const { latest, people } = group;
      const who = people[0] ? firstName(people[0].name) : t("somebody");
      const others = people.length - 1;
      if (COUNTED.has(latest.kind)) return t(`kind.${latest.kind}${people.length === 1 ? "_by" : ""}`, { who, count: countOf(group) });
      return others > 0 ? t(`kind.${latest.kind}_several`, { who, count: others }) : t(`kind.${latest.kind}`, { who });
    },
    [t],
  );
}
