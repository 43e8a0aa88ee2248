import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import type { Node } from "../api";
import { FolderPicker } from "./FolderPicker";

/** Its place is gone, or closed to me: another one is chosen. `onRestore` throws what the server refuses. */
export function RestoreDialog({ node, onClose, onRestore }: { node: Node; onClose: () => void; onRestore: (parentId: string | null) => Promise<void> }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [place, setPlace] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onRestore(place);
      onClose();
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={t("trash.choose_title", { name: node.name })} closeButtonProps={{ "aria-label": t("common:close") }}>
      <div className={dialogs.stack}>
        <p className={dialogs.text}>{t("trash.choose_text")}</p>
        <FolderPicker workspaceId={node.workspace_id} place={place} onPlace={setPlace} exceptId={node.id} />
        <ProblemNote error={error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button loading={busy} onClick={() => void go()}>
            {t("trash.restore_here")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
