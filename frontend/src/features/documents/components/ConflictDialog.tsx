import { Button, Checkbox, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { DateTime } from "../../../shared/ui/DateTime";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { decide, type Line, pause } from "../lib/uploads";
import css from "./Dialogs.module.css";

/** The same name again: new version, keep both, skip — for one or for all that follow. */
export function ConflictDialog({ line, more }: { line: Line; more: boolean }): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [all, setAll] = useState(false);
  const other = line.other;
  const mayVersion = other?.kind !== "folder";
  return (
    <Modal
      opened
      onClose={() => pause(line.id)}
      title={t("conflict.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <div className={dialogs.stack}>
        <p className={dialogs.text}>{t(other?.kind === "folder" ? "conflict.folder" : "conflict.text", { name: line.name })}</p>
        {other?.kind === "document" && (
          <dl className={css.facts}>
            <dt>{t("conflict.here")}</dt>
            <dd>
              {byteSize(other.size)}, {other.modified_by.name}, <DateTime at={other.modified_at} />
            </dd>
            <dt>{t("conflict.yours")}</dt>
            <dd>{byteSize(line.size)}</dd>
          </dl>
        )}
        {more && <Checkbox label={t("conflict.all")} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />}
        <div className={dialogs.buttons}>
          <Button variant="default" onClick={() => decide(line.id, "skip", all)}>
            {t("conflict.skip")}
          </Button>
          <Button variant="default" onClick={() => decide(line.id, "keep_both", all)}>
            {t("conflict.keep_both")}
          </Button>
          {mayVersion && (
            <Button data-autofocus onClick={() => decide(line.id, "version", all)}>
              {t("conflict.version")}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
