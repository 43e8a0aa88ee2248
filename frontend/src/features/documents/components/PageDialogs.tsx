import type { Node } from "../api";
import type { NodeActions } from "../hooks/useNodeActions";
import { MoveDialog } from "./MoveDialog";
import { FolderDialog, RenameDialog } from "./NameDialogs";
import { ShareDialog } from "./ShareDialog";

/** What the page asks for; one dialog at a time. */
export type Ask = { what: "folder" } | { what: "move"; nodes: readonly Node[] } | { what: "rename" | "share"; node: Node };

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
    case "move":
      return (
        <MoveDialog
          nodes={ask.nodes}
          onClose={onClose}
          onMove={async (parentId, place) => {
            const [only] = ask.nodes;
            const all = ask.nodes.length === 1 && only ? await actions.move(only, parentId, place) : await actions.moveAll(ask.nodes, parentId, place);
            if (all && ask.nodes.length > 1) onMoved();
            return all;
          }}
        />
      );
  }
}
