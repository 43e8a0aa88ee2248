import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { newId } from "../../../shared/lib/ids";
import { toast } from "../../../shared/ui/toast";
import { contentUrl, copyNode, deleteNode, keys, moveNode, type Node, type NodeForMe, restoreNode } from "../api";
import { each } from "../lib/each";
import { offerUndo, whileActing } from "../lib/undo";
import { folds } from "../live";
import { useDeletion } from "./useDeletion";

export interface NodeActions {
  download: (node: Node, version?: number) => void;
  /**
   * One or several, with one word and one way back; what fails stays and is told. Asks first when it concerns others:
   * `onGo` when it is really done.
   */
  remove: (nodes: readonly Node[], onGo?: () => void) => Promise<void>;
  move: (node: Node, parentId: string | null, workspaceId?: string) => Promise<boolean>;
  moveAll: (nodes: readonly Node[], parentId: string | null, workspaceId?: string) => Promise<boolean>;
  /** Without a place: beside the original. */
  copy: (nodes: readonly Node[], place?: { parentId: string | null; workspaceId: string }) => Promise<boolean>;
  saved: (node: NodeForMe) => void;
}

/** What one does to rows, with the word that it is done and the way back. */
export function useNodeActions(): NodeActions {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const askFirst = useDeletion();
  const say = (error: unknown): void => toast(sentenceFor(error, t));

  const saved = (node: NodeForMe): void => folds["documents.node"].changed(cache, node);

  /** All of it again as it was; what cannot be is told. */
  const takeBack = async <T>(items: readonly T[], act: (item: T) => Promise<NodeForMe>): Promise<void> => {
    const { done, failure } = await each(items, async (item) => saved(await act(item)));
    if (failure !== null) say(failure);
    else if (done.length > 0) toast(t("done.undone"));
  };

  const removeNow = async (nodes: readonly Node[]): Promise<void> => {
    const { done, failure } = await each(nodes, async (node) => {
      await deleteNode(node.id);
      folds["documents.node"].removed(cache, { id: node.id, parent_id: node.parent_id });
      return node;
    });
    const [first] = done;
    if (first) {
      const words = done.length === 1 && nodes.length === 1 ? t("done.deleted", { name: first.name }) : t("done.deleted_many", { count: done.length });
      offerUndo(words, first.workspace_id, () => takeBack(done, async ({ id }) => (await restoreNode(id)).node as NodeForMe));
    }
    if (failure !== null) say(failure);
  };

  const moveOne = async (node: Node, parentId: string | null, elsewhere: string | undefined): Promise<{ moved: NodeForMe; taken: boolean }> => {
    try {
      return { moved: await moveNode(node.id, parentId, false, elsewhere), taken: false };
    } catch (error) {
      if (!isProblem(error, "name_taken")) throw error;
      return { moved: await moveNode(node.id, parentId, true, elsewhere), taken: true };
    }
  };

  const moveAll = async (nodes: readonly Node[], parentId: string | null, workspaceId?: string): Promise<boolean> => {
    const { done, failure } = await each(nodes, async (node) => {
      const elsewhere = workspaceId === undefined || workspaceId === node.workspace_id ? undefined : workspaceId;
      const { moved, taken } = await moveOne(node, parentId, elsewhere);
      if (elsewhere !== undefined) folds["documents.node"].removed(cache, { id: node.id, parent_id: node.parent_id });
      saved(moved);
      if (node.kind === "folder") void cache.invalidateQueries({ queryKey: keys.list(node.workspace_id, node.id) });
      return { before: node, moved, taken, elsewhere };
    });
    const [first] = done;
    if (first) {
      const { moved, taken, elsewhere } = first;
      const words = nodes.length === 1 ? t(taken ? "done.moved_renamed" : "done.moved", { name: moved.name }) : t("done.moved_many", { count: done.length });
      // who lost a folder by a move to another workspace was named before: there is no silent way back
      if (elsewhere !== undefined) toast(words);
      else offerUndo(words, first.before.workspace_id, () => takeBack(done, ({ before }) => moveNode(before.id, before.parent_id, true)));
    }
    if (failure !== null) say(failure);
    return failure === null;
  };

  return {
    saved,
    download: (node, version) => {
      const link = document.createElement("a");
      link.href = contentUrl(node, version === undefined ? {} : { version });
      link.download = node.name;
      link.click();
    },
    remove: async (nodes, onGo) => {
      const go = async (): Promise<void> => {
        onGo?.();
        await whileActing(removeNow(nodes));
      };
      try {
        if (!(await askFirst(nodes, go))) await go();
      } catch (error) {
        say(error);
      }
    },
    move: (node, parentId, workspaceId) => whileActing(moveAll([node], parentId, workspaceId)),
    moveAll: (nodes, parentId, workspaceId) => whileActing(moveAll(nodes, parentId, workspaceId)),
    copy: async (nodes, place) => {
      const { done, failure } = await each(nodes, async (node) => {
        const where = place && { parent_id: place.parentId, workspace_id: place.workspaceId };
        const made = await copyNode(node.id, newId(), where);
        // where nobody looks the live frame alone counts it: twice would be one too many
        if (cache.getQueryData(keys.list(made.workspace_id, made.parent_id)) !== undefined) saved(made);
        return made;
      });
      const [first] = done;
      if (first) toast(nodes.length === 1 ? t("done.copied", { name: first.name }) : t("done.copied_many", { count: done.length }));
      if (failure !== null) say(failure);
      return failure === null;
    },
  };
}
