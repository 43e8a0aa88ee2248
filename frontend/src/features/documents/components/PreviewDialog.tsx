import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Node } from "../api";
import { Preview } from "./Preview";
import css from "./Preview.module.css";

/** The preview in the whole window; Escape leads back. */
export function PreviewDialog({ node, onDownload, onClose }: { node: Node; onDownload: () => void; onClose: () => void }): React.JSX.Element {
  const { t } = useTranslation("common");
  return (
    <Modal opened onClose={onClose} fullScreen title={node.name} closeButtonProps={{ "aria-label": t("close") }}>
      <div className={css.whole}>
        <Preview node={node} onDownload={onDownload} large />
      </div>
    </Modal>
  );
}
