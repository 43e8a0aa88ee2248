import { Button } from "@mantine/core";
import { IconRestore, IconTrash, IconTrashX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "../../../shared/api/problem";
import { byteSize } from "../../../shared/lib/bytes";
import { useWorkspace } from "../../../shared/session/session";
import { confirm } from "../../../shared/ui/confirm";
import { DateTime } from "../../../shared/ui/DateTime";
import { EmptyState } from "../../../shared/ui/EmptyState";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { Page, PageHeader } from "../../../shared/ui/Page";
import { type RowAction, RowMenu } from "../../../shared/ui/RowMenu";
import { toast } from "../../../shared/ui/toast";
import { type BinItem, binQuery, keys, purgeNode, restoreNode } from "../api";
import { BackToLibrary } from "../components/BackToLibrary";
import { RestoreDialog } from "../components/RestoreDialog";
import css from "./TrashPage.module.css";

/** What was deleted: by whom, when, from where; and the way back. */
export default function TrashPage(): React.JSX.Element {
  const { t } = useTranslation("documents");
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const { data, error, isPending } = useQuery(binQuery(workspace.id));
  const [failure, setFailure] = useState<unknown>(null);
  const [choosing, setChoosing] = useState<BinItem | null>(null);

  const reread = (): void => {
    void cache.invalidateQueries({ queryKey: keys.bin(workspace.id) });
    void cache.invalidateQueries({ queryKey: keys.lists(workspace.id) });
  };
  const bring = async ({ node }: BinItem, place?: string | null): Promise<void> => {
    const back = await restoreNode(node.id, place);
    const key = back.moved_to_root ? "done.restored_top" : back.renamed ? "done.restored_renamed" : "done.restored";
    toast(t(key, { name: back.node.name }));
    reread();
  };
  const restore = async (item: BinItem): Promise<void> => {
    setFailure(null);
    if (item.place_gone) {
      setChoosing(item);
      return;
    }
    try {
      await bring(item);
    } catch (problem) {
      // its place went meanwhile, or is closed to me now: the choice is mine
      if (isProblem(problem, "restore_the_folder", "role_too_low", "folder_gone", "parent_not_found")) setChoosing(item);
      else setFailure(problem);
      reread();
    }
  };
  const purge = (item: BinItem): void =>
    confirm({
      title: t("trash.purge_title"),
      consequence:
        item.contains > 0
          ? t("trash.purge_folder", { name: item.node.name, count: item.contains })
          : t("trash.purge_text", { name: item.node.name }),
      verb: t("trash.purge"),
      act: async () => {
        const gone = await purgeNode(item.node.id);
        toast(t("trash.purged", { count: gone.documents, versions: gone.versions, size: byteSize(gone.bytes) }));
        reread();
      },
    });

  const actionsFor = (item: BinItem): RowAction[] => {
    const may = data?.abilities[item.node.scope_id]?.others;
    const all: (RowAction | false | undefined)[] = [
      may?.restore && { key: "restore", label: t("trash.restore"), icon: IconRestore, onSelect: () => void restore(item) },
      may?.purge && { key: "purge", label: t("trash.purge"), icon: IconTrashX, onSelect: () => purge(item), danger: true },
    ];
    return all.filter((one): one is RowAction => one !== false && one !== undefined);
  };

  return (
    <Page>
      <BackToLibrary />
      <PageHeader title={t("trash.title")} tabTitle={`${t("trash.title")}, ${workspace.name}`} meta={t("trash.hint")} />
      <ProblemNote error={error} />
      <ProblemNote error={failure} />
      {isPending && <RowsSkeleton />}
      {data?.items.length === 0 && <EmptyState icon={IconTrash} title={t("trash.empty")} hint={t("trash.hint")} />}
      {data && data.items.length > 0 && (
        <ul role="list" className={css.list} aria-label={t("trash.title")}>
          {data.items.map((item) => (
            <li key={item.node.id} className={css.row}>
              <FileIcon name={item.node.name} mediaType={item.node.media_type} folder={item.node.kind === "folder"} labelled />
              <span className={css.words}>
                <span className={css.name}>{item.node.name}</span>
                <span className={css.meta}>
                  {item.place === null ? t("trash.from_top") : t("trash.from", { place: item.place })}
                  {item.contains > 0 && ` · ${t("count", { count: item.contains })}`}
                </span>
              </span>
              <span className={css.when}>
                {item.deleted_by?.name} <DateTime at={item.deleted_at} />
              </span>
              {data.abilities[item.node.scope_id]?.others.restore && (
                <Button className={css.restore} variant="subtle" size="sm" onClick={() => void restore(item)}>
                  {t("trash.restore")}
                </Button>
              )}
              <RowMenu name={item.node.name} actions={actionsFor(item)} />
            </li>
          ))}
        </ul>
      )}
      {choosing && <RestoreDialog node={choosing.node} onClose={() => setChoosing(null)} onRestore={(place) => bring(choosing, place)} />}
    </Page>
  );
}
