import { Button, Checkbox, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { byteSize } from "../../../shared/lib/bytes";
import { DateTime } from "../../../shared/ui/DateTime";
import dialogs from "../../../shared/ui/dialogs.module.css";
import { decide, type Line, pause } from "../lib/uploads";
import css from "./Dialogs.module.css";

interface Props {
  line: Line;
  /** How many ask the same beside it. */
  others: number;
  /** Whether others may ask, now or later. */
  more: boolean;
}

/** The same name again, or a version that somebody was quicker with: new version, keep both, skip. */
export function ConflictDialog({ line, others, more }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  const [all, setAll] = useState(false);
  const { other, blocked } = line;
  const newer = line.code === "newer_version";
  const name = blocked === null ? line.name : blocked.slice(blocked.lastIndexOf("/") + 1);
  const text = newer ? "conflict.newer" : blocked !== null ? "conflict.above" : other?.kind === "folder" ? "conflict.folder" : "conflict.text";
  const mayVersion = other?.kind !== "folder" && blocked === null;
  return (
    <Modal
      opened
      onClose={() => pause(line.id)}
      title={t(newer ? "conflict.newer_title" : "conflict.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <div className={dialogs.stack}>
        <p className={dialogs.text}>{t(text, { name: newer ? (other?.name ?? name) : name, who: other?.modified_by.name ?? "" })}</p>
        {other?.kind === "document" && (
          <dl className={css.facts}>
            <dt>{t("conflict.here")}</dt>
            <dd>
              {other.name !== name && `${other.name}, `}
              {byteSize(other.size)}, {other.modified_by.name}, <DateTime at={other.modified_at} />
            </dd>
            {blocked === null && (
              <>
                <dt>{t("conflict.yours")}</dt>
                <dd>{byteSize(line.size)}</dd>
              </>
            )}
          </dl>
        )}
        {newer && <p className={dialogs.text}>{t("conflict.newer_hint")}</p>}
        {more && (
          <Checkbox
            label={t("conflict.all")}
            description={others > 0 ? t("conflict.others", { count: others }) : undefined}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
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
