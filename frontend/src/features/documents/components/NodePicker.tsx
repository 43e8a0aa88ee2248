import { Button, Checkbox, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { useWorkspace } from "../../../shared/session/session";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { ProblemNote } from "../../../shared/ui/ErrorNote";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { RowsSkeleton } from "../../../shared/ui/Loading";
import { folderQuery } from "../api";
import { ordered } from "../lib/tree";
import { Crumbs } from "./Crumbs";
import css from "./Dialogs.module.css";

const SHOWN = 200;

/** Walks through the workspace's library and chooses documents of it, of several folders if need be. */
export default function NodePicker({ most, onChosen, onClose }: { most: number; onChosen: (ids: string[]) => void; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("files");
  const workspace = useWorkspace();
  const [place, setPlace] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const { data, error, isPending } = useQuery(folderQuery(workspace.id, place));
  const items = ordered(data?.items ?? [], { by: "name", down: false });
  const toggle = (id: string): void => setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(0, most)));
  return (
    <Modal opened onClose={onClose} title={t("pick.title")} size="lg" closeButtonProps={{ "aria-label": t("close") }}>
      <div className={dialogs.stack}>
        <Crumbs label={t("pick.path")} top={t("pick.top")} path={data?.path ?? []} onPlace={setPlace} />
        <ProblemNote error={error} />
        {isPending ? (
          <RowsSkeleton rows={4} />
        ) : (
          <ul role="list" className={css.folders} aria-label={t("pick.list")}>
            {items.slice(0, SHOWN).map((node) => (
              <li key={node.id}>
                {node.kind === "folder" ? (
                  <button type="button" className={css.folder} onClick={() => setPlace(node.id)}>
                    <FileIcon name={node.name} folder locked={node.access === "restricted"} />
                    <span>{node.name}</span>
                  </button>
                ) : (
                  <label className={css.folder}>
                    <Checkbox checked={chosen.includes(node.id)} disabled={chosen.length >= most && !chosen.includes(node.id)} onChange={() => toggle(node.id)} />
                    <FileIcon name={node.name} mediaType={node.media_type} />
                    <span>{node.name}</span>
                    <small>{byteSize(node.size)}</small>
                  </label>
                )}
              </li>
            ))}
            {items.length === 0 && <li className={css.none}>{t("pick.none")}</li>}
          </ul>
        )}
        {items.length > SHOWN && <p className={css.none}>{t("pick.more", { count: SHOWN })}</p>}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button disabled={chosen.length === 0} onClick={() => onChosen([...chosen])}>
            {t("pick.attach", { count: chosen.length })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
