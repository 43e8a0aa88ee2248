import { Button, Modal, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { type Node, placesQuery } from "../api";
import { EffectNote } from "./EffectNote";
import { FolderPicker } from "./FolderPicker";

interface Props {
  nodes: readonly Node[];
  onClose: () => void;
  onGo: (parentId: string | null, workspaceId: string) => Promise<boolean>;
  act: "move" | "copy";
}

/** « Déplacer vers », « Copier vers »: what dragging does, by keyboard; and to another workspace, with who gains and who loses. */
export function MoveDialog(props: Props): React.JSX.Element | null {
  const [first] = props.nodes;
  return first ? <Dialog {...props} node={first} /> : null;
}

function Dialog({ node, nodes, onClose, onGo, act }: Props & { node: Node }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [place, setPlace] = useState<string | null>(node.parent_id);
  const [busy, setBusy] = useState(false);
  const [workspaceId, setWorkspaceId] = useState(node.workspace_id);
  const { data: all } = useQuery(placesQuery);
  const places = (all?.items ?? []).filter((one) => one.id === node.workspace_id || (one.mine.abilities.write && one.rooms.includes("documents")));
  const still = place === node.parent_id && workspaceId === node.workspace_id;
  const copy = act === "copy";
  const [only, many] = [{ name: node.name }, { count: nodes.length }];
  const title = nodes.length > 1 ? (copy ? t("copy.title_many", many) : t("move.title_many", many)) : copy ? t("copy.title", only) : t("move.title", only);
  const go = async (): Promise<void> => {
    setBusy(true);
    if (await onGo(place, workspaceId)) onClose();
    setBusy(false);
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("common:close") }}>
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
        <FolderPicker workspaceId={workspaceId} place={place} onPlace={setPlace} exceptId={copy ? null : node.id} />
        {!still &&
          audiences(nodes).map((one) => (
            <EffectNote key={one.id} node={one} change={{ change: act, workspace_id: workspaceId, parent_id: place }} />
          ))}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button loading={busy} disabled={still && !copy} onClick={() => void go()}>
            {copy ? t("copy.here") : t("move.here")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** One of each set of people: what shares its scope gains and loses the same. */
function audiences(nodes: readonly Node[]): Node[] {
  return nodes.filter((node, index) => nodes.findIndex((one) => one.scope_id === node.scope_id) === index);
}
