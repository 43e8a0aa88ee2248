import { Button, Modal } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { folderQuery, type Node } from "../api";
import { ordered } from "../lib/tree";
import css from "./Dialogs.module.css";

/** « Déplacer vers »: what dragging does, by keyboard. */
export function MoveDialog({ node, onClose, onMove }: { node: Node; onClose: () => void; onMove: (parentId: string | null) => Promise<boolean> }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [place, setPlace] = useState<string | null>(node.parent_id);
  const [busy, setBusy] = useState(false);
  const { data, error, isPending } = useQuery(folderQuery(node.workspace_id, place));
  const folders = ordered((data?.items ?? []).filter((one) => one.kind === "folder"), { by: "name", down: false });
  const go = async (): Promise<void> => {
    setBusy(true);
    if (await onMove(place)) onClose();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t("move.title", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={dialogs.stack}>
        <nav className={css.crumbs} aria-label={t("path")}>
          <button type="button" className={css.crumb} onClick={() => setPlace(null)}>
            {t("top")}
          </button>
          {data?.path.map((step) => (
            <span key={step.id} className={css.crumbs}>
              <IconChevronRight size={16} stroke={1.75} aria-hidden="true" />
              <button type="button" className={css.crumb} onClick={() => setPlace(step.id)}>
                {step.name}
              </button>
            </span>
          ))}
        </nav>
        <ProblemNote error={error} />
        {isPending ? (
          <RowsSkeleton rows={4} />
        ) : (
          <ul role="list" className={css.folders} aria-label={t("move.folders")}>
            {folders.map((folder) => (
              <li key={folder.id}>
                <button type="button" className={css.folder} disabled={folder.id === node.id} onClick={() => setPlace(folder.id)}>
                  <FileIcon name={folder.name} folder locked={folder.access === "restricted"} />
                  <span>{folder.name}</span>
                </button>
              </li>
            ))}
            {folders.length === 0 && <li className={css.none}>{t("move.none")}</li>}
          </ul>
        )}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button loading={busy} disabled={place === node.parent_id} onClick={() => void go()}>
            {t("move.here")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
