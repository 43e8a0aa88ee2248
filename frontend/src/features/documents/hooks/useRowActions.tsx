import {
  IconBell, IconCheckbox, IconClipboardCheck, IconCopy, IconCopyPlus, IconDownload, IconFileZip, IconFolderOpen, IconFolderSymlink, IconInfoCircle, IconPencil, IconPhotoOff, IconShare2, IconStar, IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import type { RowAction } from "../../../shared/ui/RowMenu";
import { toast } from "../../../shared/ui/toast";
import { type Abilities, type Node, placesQuery } from "../api";
import { downloadFolder } from "../archives";
import type { Ask } from "../components/PageDialogs";
import { isHeld } from "../components/ScanState";
import { useUnpack } from "../components/UnpackNote";
import { useMarks } from "../follow";
import { canBeBare, downloadBare } from "../previews";
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
  const marks = useMarks();
  const { data: sharing } = useQuery(sharingQuery(place.workspaceId));
  const { data: places } = useQuery(placesQuery);
  const writesSomewhere = places?.items.some((one) => one.mine.abilities.write && one.rooms.includes("documents")) ?? false;
  const { actions, onAsk } = place;
  const bare = (node: Node): void => {
    toast(t("bare.wait", { name: node.name }));
    downloadBare(node).then(
      () => toast(t("bare.done")),
      (error: unknown) => toast(sentenceFor(error, t)),
    );
  };
  return (node) => {
    const may = place.mayOf(node);
    const folder = node.kind === "folder";
    const all: (RowAction | false | undefined)[] = [
      folder && { key: "open", label: t("action.open"), icon: IconFolderOpen, onSelect: () => place.onEnter(node) },
      { key: "mark", label: t(place.isMarked(node) ? "selection.unmark" : "selection.mark"), icon: IconCheckbox, onSelect: () => place.onMark(node) },
      { key: "details", label: t("action.details"), icon: IconInfoCircle, onSelect: () => place.onDetails(node) },
      !folder && !isHeld(node) && { key: "download", label: t("action.download"), icon: IconDownload, onSelect: () => actions.download(node) },
      canBeBare(node) && !isHeld(node) && { key: "bare", label: t("bare.do"), icon: IconPhotoOff, onSelect: () => bare(node) },
      folder && { key: "zip", label: t("zip"), icon: IconFileZip, onSelect: () => downloadFolder(node.id) },
      node.media_type === "application/zip" && may?.upload && { key: "unpack", label: t("unpack.do"), icon: IconFileZip, onSelect: () => unpack(node.id) },
      may?.upload && sharing?.links === true && { key: "share", label: t("share.menu"), icon: IconShare2, onSelect: () => onAsk({ what: "share", node }) },
      !folder && node.content_version > 0 && may?.upload && { key: "approval", label: t("approval.menu"), icon: IconClipboardCheck, onSelect: () => onAsk({ what: "approval", node }) },
      { key: "star", label: t(marks.isFavourite(node.id) ? "marks.favourite_off" : "marks.favourite_add"), icon: IconStar, onSelect: () => marks.star(node) },
      { key: "follow", label: t(marks.isFollowed(node.id) ? "marks.follow_off" : "marks.follow"), icon: IconBell, onSelect: () => marks.follow(node) },
      may?.rename && { key: "rename", label: t("action.rename"), icon: IconPencil, onSelect: () => onAsk({ what: "rename", node }) },
      may?.move && { key: "move", label: t("action.move"), icon: IconFolderSymlink, onSelect: () => onAsk({ what: "move", nodes: [node] }) },
      may?.upload && !isHeld(node) && { key: "copy", label: t("action.copy"), icon: IconCopyPlus, onSelect: () => void actions.copy([node]) },
      writesSomewhere && !isHeld(node) && { key: "copy_to", label: t("action.copy_to"), icon: IconCopy, onSelect: () => onAsk({ what: "copy", nodes: [node] }) },
      may?.delete && { key: "delete", label: t("action.delete"), icon: IconTrash, onSelect: () => place.onRemove(node), danger: true },
    ];
    return all.filter((one): one is RowAction => one !== false && one !== undefined);
  };
}
