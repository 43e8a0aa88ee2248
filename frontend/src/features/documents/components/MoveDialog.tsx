import { Button, Modal, NativeSelect } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { folderQuery, type Node, placesQuery } from "../api";
import { ordered } from "../lib/tree";
import css from "./Dialogs.module.css";
import { EffectNote } from "./EffectNote";

/** « Déplacer vers »: what dragging does, by keyboard; and to another workspace, with who gains and who loses. */
export function MoveDialog({ node, onClose, onMove }: { node: Node; onClose: () => void; onMove: (parentId: string | null, workspaceId: string) => Promise<boolean> }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [place, setPlace] = useState<string | null>(node.parent_id);
  const [busy, setBusy] = useState(false);
  const [workspaceId, setWorkspaceId] = useState(node.workspace_id);
  const { data: all } = useQuery(placesQuery);
  const places = (all?.items ?? []).filter((one) => one.id === node.workspace_id || (one.mine.abilities.write && one.rooms.includes("documents")));
  const { data, error, isPending } = useQuery(folderQuery(workspaceId, place));
  const folders = ordered((data?.items ?? []).filter((one) => one.kind === "folder"), { by: "name", down: false });
  const still = place === node.parent_id && workspaceId === node.workspace_id;
  const go = async (): Promise<void> => {
    setBusy(true);
    if (await onMove(place, workspaceId)) onClose();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t("move.title", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={dialogs.stack}>
        {places.length > 1 && (
          <NativeSelect
            label={t("move.workspace")}
            value={workspaceId}
            data={places.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(event) => {
              setWorkspaceId(event.currentTarget.value);
              setPlace(event.currentTarget.value === node.workspace_id ? node.parent_id : null);
            }}
          />
        )}
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
        {!still && <EffectNote node={node} change={{ change: "move", workspace_id: workspaceId, parent_id: place }} />}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button loading={busy} disabled={still} onClick={() => void go()}>
            {t("move.here")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
