import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FileIcon } from "../../../shared/ui/FileIcon";
import { fileKind } from "../../../shared/ui/fileKind";
import type { Node } from "../api";
import { previewUrl } from "../previews";
import css from "./Thumbnail.module.css";
import { isHeld } from "./ScanState";

/** What stands before a name: the first page or the picture itself, in small; else what kind of file it is. */
export function Thumbnail({ node }: { node: Node }): React.JSX.Element {
  const { t } = useTranslation("common");
  const url = node.thumbnail ? previewUrl(node, "thumbnail") : "";
  const [broken, setBroken] = useState<string | null>(null);
  if (!node.thumbnail || isHeld(node) || broken === url) {
    return <FileIcon name={node.name} mediaType={node.media_type} folder={node.kind === "folder"} locked={node.access === "restricted"} labelled />;
  }
  return (
    <span className={css.frame}>
      <img className={css.small} src={url} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(url)} />
      <span className="visually-hidden">{t(`file.${fileKind(node.name, node.media_type)}`)}</span>
    </span>
  );
}
