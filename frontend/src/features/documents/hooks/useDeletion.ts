import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Schema } from "../../../shared/api/client";
import { confirm } from "../../../shared/ui/confirm";
import { deletionOf, type Node } from "../api";
import { shareKeys } from "../shares";

type Deletion = Schema<"DeletionOut">;
const MANY = 10;
const AT_ONCE = 1000;

/**
 * Asks before a deletion that concerns others (documents-7): a folder with something in it that they see, many rows,
 * or share links. A document or two go at once: there is a way back. Returns whether it asked.
 */
export function useDeletion(): (nodes: readonly Node[], go: () => Promise<void>) => Promise<boolean> {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  return async (nodes, go) => {
    const [first] = nodes;
    if (!first) return false;
    const links = cache.getQueryData<Schema<"SharingOut">>(shareKeys.sharing(first.workspace_id))?.links ?? true;
    const few = nodes.length < MANY;
    if (few && !links && nodes.every((node) => node.kind === "document")) return false;
    const told = await effectOf(first.workspace_id, nodes);
    const full = told.documents + told.folders > nodes.length;
    if (told.links === 0 && (told.people === 0 || (few && !full))) return false;
    const what = [
      told.documents > 0 && t("delete.documents", { count: told.documents }),
      told.folders > 0 && t("delete.folders", { count: told.folders }),
    ].filter((words): words is string => words !== false);
    const sentences = [
      told.people > 0 ? t("delete.seen", { what: what.join(t("delete.and")), count: told.people }) : t("delete.unseen", { what: what.join(t("delete.and")) }),
      told.links > 0 && t("delete.links", { count: told.links }),
      t("delete.bin"),
    ];
    confirm({
      title: nodes.length === 1 ? t("delete.title", { name: first.name }) : t("delete.title_many", { count: nodes.length }),
      consequence: sentences.filter(Boolean).join(" "),
      verb: t("action.delete"),
      act: () => void go(), // how far it is, and what is refused, is told under the list
    });
    return true;
  };
}

/** Of very many rows in parts: the same people see them, so the largest number of people is told. */
async function effectOf(workspaceId: string, nodes: readonly Node[]): Promise<Deletion> {
  const whole: Deletion = { documents: 0, folders: 0, people: 0, links: 0 };
  for (let start = 0; start < nodes.length; start += AT_ONCE) {
    const some = await deletionOf(workspaceId, nodes.slice(start, start + AT_ONCE).map((node) => node.id));
    whole.documents += some.documents;
    whole.folders += some.folders;
    whole.links += some.links;
    whole.people = Math.max(whole.people, some.people);
  }
  return whole;
}
