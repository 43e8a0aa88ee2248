import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceFor } from "../../../shared/api/errors";
import { isProblem } from "../../../shared/api/problem";
import { newId } from "../../../shared/lib/ids";
import { toast } from "../../../shared/ui/toast";
import { contentUrl, copyNode, deleteNode, keys, moveNode, type Node, type NodeForMe, restoreNode } from "../api";
import { folds } from "../live";

export interface NodeActions {
  download: (node: Node, version?: number) => void;
  remove: (node: Node) => Promise<void>;
  move: (node: Node, parentId: string | null, workspaceId?: string) => Promise<boolean>;
  /** Several at once, with one word and one way back; what fails stays and is told. */
  removeAll: (nodes: readonly Node[]) => Promise<void>;
  moveAll: (nodes: readonly Node[], parentId: string | null, workspaceId?: string) => Promise<boolean>;
  copy: (node: Node) => Promise<void>;
  saved: (node: NodeForMe) => void;
}

/** What one does to a row, with the word that it is done and the way back. */
export function useNodeActions(): NodeActions {
  const { t } = useTranslation("documents");
  const cache = useQueryClient();
  const say = (error: unknown): void => toast(sentenceFor(error, t));

  const saved = (node: NodeForMe): void => folds["documents.node"].changed(cache, node);

  return {
    saved,
    download: (node, version) => {
      const link = document.createElement("a");
      link.href = contentUrl(node, version === undefined ? {} : { version });
      link.download = node.name;
      link.click();
    },
    remove: async (node) => {
      try {
        await deleteNode(node.id);
        folds["documents.node"].removed(cache, { id: node.id, parent_id: null });
        toast(t("done.deleted", { name: node.name }), {
          undo: () => void restoreNode(node.id).then(({ node: back }) => folds["documents.node"].changed(cache, back), say),
        });
      } catch (error) {
        say(error);
      }
    },
    move: async (node, parentId, workspaceId = node.workspace_id) => {
      const before = node.parent_id;
      const elsewhere = workspaceId === node.workspace_id ? undefined : workspaceId;
      try {
        let taken = false;
        const moved = await moveNode(node.id, parentId, false, elsewhere).catch((error: unknown) => {
          if (!isProblem(error, "name_taken")) throw error;
          taken = true;
          return moveNode(node.id, parentId, true, elsewhere);
        });
        if (elsewhere !== undefined) folds["documents.node"].removed(cache, { id: node.id, parent_id: before });
        saved(moved);
        void cache.invalidateQueries({ queryKey: keys.list(node.workspace_id, node.id) });
        const words = t(taken ? "done.moved_renamed" : "done.moved", { name: moved.name });
        // who lost a folder by a move to another workspace was named before: there is no silent way back
        if (elsewhere !== undefined) toast(words);
        else toast(words, { undo: () => void moveNode(node.id, before, true).then(saved, say) });
        return true;
      } catch (error) {
        say(error);
        return false;
      }
    },
    removeAll: async (nodes) => {
      const { done, failure } = await each(nodes, async (node) => {
        await deleteNode(node.id);
        folds["documents.node"].removed(cache, { id: node.id, parent_id: node.parent_id });
        return node;
      });
      const back = (): void => void each(done, async ({ id }) => saved(await restoreNode(id).then(({ node }) => node as NodeForMe))).then(({ failure: error }) => error !== null && say(error));
      if (done.length > 0) toast(t("done.deleted_many", { count: done.length }), { undo: back });
      if (failure !== null) say(failure);
    },
    moveAll: async (nodes, parentId, workspaceId) => {
      const { done, failure } = await each(nodes, async (node) => {
        const elsewhere = workspaceId === undefined || workspaceId === node.workspace_id ? undefined : workspaceId;
        const moved = await moveNode(node.id, parentId, true, elsewhere);
        if (elsewhere !== undefined) folds["documents.node"].removed(cache, { id: node.id, parent_id: node.parent_id });
        saved(moved);
        return { before: node, elsewhere };
      });
      const home = done.filter(({ elsewhere }) => elsewhere === undefined);
      const back = (): void => void each(home, async ({ before }) => saved(await moveNode(before.id, before.parent_id, true))).then(({ failure: error }) => error !== null && say(error));
      if (done.length > 0) toast(t("done.moved_many", { count: done.length }), home.length === done.length ? { undo: back } : {});
      if (failure !== null) say(failure);
      return failure === null;
    },
    copy: async (node) => {
      try {
        const made = await copyNode(node.id, newId());
        saved(made);
        toast(t("done.copied", { name: made.name }));
      } catch (error) {
        say(error);
      }
    },
  };
}

/** One after the other, so that the server's order is ours; the first refusal is kept, the others go on. */
async function each<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<{ done: R[]; failure: unknown }> {
  const done: R[] = [];
  let failure: unknown = null;
  for (const item of items) {
    try {
      done.push(await act(item));
    } catch (error) {
      failure ??= error;
    }
  }
  return { done, failure };
}
