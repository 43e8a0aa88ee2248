import type { Node } from "../api";
import type { NodeActions } from "../hooks/useNodeActions";
import { ApprovalDialog } from "./ApprovalDialog";
import { MoveDialog } from "./MoveDialog";
import { FolderDialog, RenameDialog } from "./NameDialogs";
import { ShareDialog } from "./ShareDialog";

/** What the page asks for; one dialog at a time. */
export type Ask = { what: "folder" } | { what: "move" | "copy"; nodes: readonly Node[] } | { what: "rename" | "share" | "approval"; node: Node };

interface Props {
  ask: Ask | null;
  workspaceId: string;
  folderId: string | null;
  mayRestrict: boolean;
  actions: NodeActions;
  onClose: () => void;
  /** Those that were moved are not marked any more. */
  onMoved: () => void;
}

export function PageDialogs({ ask, workspaceId, folderId, mayRestrict, actions, onClose, onMoved }: Props): React.JSX.Element | null {
  switch (ask?.what) {
    case undefined:
      return null;
    case "folder":
      return <FolderDialog workspaceId={workspaceId} parentId={folderId} mayRestrict={mayRestrict} onClose={onClose} onMade={actions.saved} />;
    case "rename":
      return <RenameDialog node={ask.node} onClose={onClose} onSaved={actions.saved} />;
    case "share":
      return <ShareDialog node={ask.node} onClose={onClose} />;
    case "approval":
      return <ApprovalDialog node={ask.node} onClose={onClose} />;
    case "move":
    case "copy":
      return (
        <MoveDialog
          key={ask.what}
          act={ask.what}
          nodes={ask.nodes}
          onClose={onClose}
          onGo={async (parentId, place) => {
            const { nodes, what } = ask;
            const all = await (what === "copy" ? actions.copy(nodes, { parentId, workspaceId: place }) : actions.moveAll(nodes, parentId, place));
            if (all && nodes.length > 1) onMoved();
            return all;
          }}
        />
      );
  }
}
