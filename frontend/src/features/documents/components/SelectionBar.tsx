import { Button } from "@mantine/core";
import { IconCopy, IconDownload, IconFolderSymlink, IconTrash, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./SelectionBar.module.css";

interface Props {
  count: number;
  onDownload: () => void;
  /** Absent when somebody may not do it with each of them. */
  onMove?: (() => void) | undefined;
  onCopy?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
  onClear: () => void;
}

/** What one does with several rows at once. */
export function SelectionBar({ count, onDownload, onMove, onCopy, onDelete, onClear }: Props): React.JSX.Element {
  const { t } = useTranslation("documents");
  return (
    <div className={css.bar} role="toolbar" aria-label={t("selection.label")}>
      <span className={css.count} role="status">
        {t("selection.count", { count })}
      </span>
      <Button size="sm" variant="default" leftSection={<IconDownload size={18} stroke={1.75} />} onClick={onDownload}>
        {t("action.download")}
      </Button>
      {onMove && (
        <Button size="sm" variant="default" leftSection={<IconFolderSymlink size={18} stroke={1.75} />} onClick={onMove}>
          {t("action.move")}
        </Button>
      )}
      {onCopy && (
        <Button size="sm" variant="default" leftSection={<IconCopy size={18} stroke={1.75} />} onClick={onCopy}>
          {t("action.copy_to")}
        </Button>
      )}
      {onDelete && (
        <Button size="sm" variant="default" leftSection={<IconTrash size={18} stroke={1.75} />} onClick={onDelete}>
          {t("action.delete")}
        </Button>
      )}
      <Button size="sm" variant="subtle" leftSection={<IconX size={18} stroke={1.75} />} onClick={onClear}>
        {t("selection.clear")}
      </Button>
    </div>
  );
}
