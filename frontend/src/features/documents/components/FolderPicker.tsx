import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { folderQuery } from "../api";
import { ordered } from "../lib/tree";
import { Crumbs } from "./Crumbs";
import css from "./Dialogs.module.css";

interface Props {
  workspaceId: string;
  /** The folder that is open; null: the top. */
  place: string | null;
  onPlace: (folderId: string | null) => void;
  /** What is on its way cannot go into itself. */
  exceptId: string | null;
}

/** Walks through the folders of a library; the one that is open is the choice. */
export function FolderPicker({ workspaceId, place, onPlace, exceptId }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const { data, error, isPending } = useQuery(folderQuery(workspaceId, place));
  const folders = ordered((data?.items ?? []).filter((one) => one.kind === "folder"), { by: "name", down: false });
  return (
    <>
      <Crumbs label={t("path")} top={t("top")} path={data?.path ?? []} onPlace={onPlace} />
      <ProblemNote error={error} />
      {isPending ? (
        <RowsSkeleton rows={4} />
      ) : (
        <ul role="list" className={css.folders} aria-label={t("move.folders")}>
          {folders.map((folder) => (
            <li key={folder.id}>
              <button type="button" className={css.folder} disabled={folder.id === exceptId} onClick={() => onPlace(folder.id)}>
                <FileIcon name={folder.name} folder locked={folder.access === "restricted"} />
                <span>{folder.name}</span>
              </button>
            </li>
          ))}
          {folders.length === 0 && <li className={css.none}>{t("move.none")}</li>}
        </ul>
      )}
    </>
  );
}
