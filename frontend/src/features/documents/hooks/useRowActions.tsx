import {
  IconCheckbox, IconCopy, IconDownload, IconFileZip, IconFolderOpen, IconFolderSymlink, IconInfoCircle, IconPencil, IconShare2, IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { RowAction } from "../../../shared/ui/RowMenu";
import type { Abilities, Node } from "../api";
import { downloadFolder } from "../archives";
import type { Ask } from "../components/PageDialogs";
import { isHeld } from "../components/ScanState";
import { useUnpack } from "../components/UnpackNote";
import { sharingQuery } from "../shares";
import type { NodeActions } from "./useNodeActions";

interface Place {
  workspaceId: string;
  actions: NodeActions;
  mayOf: (node: Node) => Abilities | undefined;
  isMarked: (node: Node) => boolean;
  onMark: (node: Node) => void;
  onEnter: (node: Node) => void;
  onDetails: (node: Node) => void;
  onRemove: (node: Node) => void;
  onAsk: (ask: Ask) => void;
}

/** The menu of a row and of the panel: what this person may do with it, in one order. */
export function useRowActions(place: Place): (node: Node) => RowAction[] {
  const { t } = useTranslation("documents");
  const unpack = useUnpack();
  const { data: sharing } = useQuery(sharingQuery(place.workspaceId));
  const { actions, onAsk } = place;
  return (node) => {
    const may = place.mayOf(node);
    const folder = node.kind === "folder";
    const all: (RowAction | false | undefined)[] = [
      folder && { key: "open", label: t("action.open"), icon: IconFolderOpen, onSelect: () => place.onEnter(node) },
      { key: "mark", label: t(place.isMarked(node) ? "selection.unmark" : "selection.mark"), icon: IconCheckbox, onSelect: () => place.onMark(node) },
      { key: "details", label: t("action.details"), icon: IconInfoCircle, onSelect: () => place.onDetails(node) },
      !folder && !isHeld(node) && { key: "download", label: t("action.download"), icon: IconDownload, onSelect: () => actions.download(node) },
      folder && { key: "zip", label: t("zip"), icon: IconFileZip, onSelect: () => downloadFolder(node.id) },
      node.media_type === "application/zip" && may?.upload && { key: "unpack", label: t("unpack.do"), icon: IconFileZip, onSelect: () => unpack(node.id) },
      may?.upload && sharing?.links === true && { key: "share", label: t("share.menu"), icon: IconShare2, onSelect: () => onAsk({ what: "share", node }) },
      may?.rename && { key: "rename", label: t("action.rename"), icon: IconPencil, onSelect: () => onAsk({ what: "rename", node }) },
      may?.move && { key: "move", label: t("action.move"), icon: IconFolderSymlink, onSelect: () => onAsk({ what: "move", nodes: [node] }) },
      !folder && may?.upload && { key: "copy", label: t("action.copy"), icon: IconCopy, onSelect: () => void actions.copy(node) },
      may?.delete && { key: "delete", label: t("action.delete"), icon: IconTrash, onSelect: () => place.onRemove(node), danger: true },
    ];
    return all.filter((one): one is RowAction => one !== false && one !== undefined);
  };
}
