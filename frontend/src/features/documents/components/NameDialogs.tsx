import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError, sentenceFor } from "../../../shared/api/errors";
import { ApiProblem, isProblem } from "../../../shared/api/problem";
import { newId } from "../../../shared/lib/ids";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ErrorNote } from "../../../shared/ui/ErrorNote";
import { createFolder, type Node, type NodeForMe, renameNode } from "../api";

interface FolderProps {
  workspaceId: string;
  parentId: string | null;
  mayRestrict: boolean;
  onClose: () => void;
  onMade: (node: NodeForMe) => void;
}

/** A new folder; restricted, it is private from birth. */
export function FolderDialog({ workspaceId, parentId, mayRestrict, onClose, onMade }: FolderProps): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [id] = useState(() => newId());
  const [name, setName] = useState("");
  const [restricted, setRestricted] = useState(false);
  const act = useAct(async () => {
    onMade(await createFolder(workspaceId, { id, name, parent_id: parentId, restricted }));
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title={t("folder.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={dialogs.stack} onSubmit={act.submit} noValidate>
        <TextInput
          data-autofocus
          label={t("folder.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isAboutName(act.error) ? fieldError(act.error, "name", t) : undefined}
        />
        {mayRestrict && (
          <Checkbox
            label={t("folder.restricted")}
            description={t("folder.restricted_hint")}
            checked={restricted}
            onChange={(event) => setRestricted(event.currentTarget.checked)}
          />
        )}
        <Failure error={act.error} />
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={act.busy}>
            {t("folder.create")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Another name. When somebody else was faster, both names are seen and nothing is overwritten by surprise. */
export function RenameDialog({ node, onClose, onSaved }: { node: Node; onClose: () => void; onSaved: (node: NodeForMe) => void }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [base, setBase] = useState(node);
  const [name, setName] = useState(node.name);
  const act = useAct(async () => {
    try {
      onSaved(await renameNode(base, name));
      onClose();
    } catch (error) {
      const current = error instanceof ApiProblem && error.status === 412 ? error.errors["current"] : null;
      if (current !== null && typeof current === "object") setBase(current as Node);
      throw error;
    }
  });
  const raced = act.error instanceof ApiProblem && act.error.status === 412;
  return (
    <Modal opened onClose={onClose} title={t("rename.title")} closeButtonProps={{ "aria-label": t("common:close") }}>
      <form className={dialogs.stack} onSubmit={act.submit} noValidate>
        <TextInput
          data-autofocus
          label={t("rename.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onFocus={(event) => {
            const dot = node.kind === "document" ? name.lastIndexOf(".") : -1;
            event.currentTarget.setSelectionRange(0, dot > 0 ? dot : name.length);
          }}
          error={isAboutName(act.error) ? fieldError(act.error, "name", t) : undefined}
        />
        {raced ? <ErrorNote>{t("rename.raced", { name: base.name, who: base.modified_by.name })}</ErrorNote> : <Failure error={act.error} />}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={act.busy}>
            {t(raced ? "rename.anyway" : "rename.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** A lock tells the name of what it holds: that is nothing about the name that was typed. */
const isAboutName = (error: unknown): boolean => error instanceof ApiProblem && error.status !== 423 && "name" in error.errors;

function Failure({ error }: { error: unknown }): React.JSX.Element | null {
  const { t } = useTranslation("documents");
  return error === null || isAboutName(error) || isProblem(error, "changed_meanwhile") ? null : <ErrorNote>{sentenceFor(error, t)}</ErrorNote>;
}

function useAct(act: () => Promise<void>): { busy: boolean; error: unknown; submit: (event: React.FormEvent) => void } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    act()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return { busy, error, submit };
}
