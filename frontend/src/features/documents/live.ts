import type { QueryClient } from "@tanstack/react-query";
import { dropFrom, findIn, replaceIn, upsertInto } from "../../shared/live/cache";
import type { Folds } from "../../shared/live/frames";
import { keys, type Listing, type Node, type NodeForMe } from "./api";
import { approvalFolds, approvalKeys } from "./approvals";
import { type Unpacking, unpackingsKey } from "./archives";
import { commentFolds, commentKeys } from "./comments";
import { askFacts, dropFacts, foldFacts, forgetFacts } from "./facts";
import { fieldFolds, filterAgain } from "./fields";
import { followKeys, marked, type Marks } from "./follow";
import { askSoon } from "./lib/soon";
import { retentionFolds } from "./retention";
import { shareKeys } from "./shares";

const isListOf = (key: readonly unknown[], parentId: string | null): boolean => key[3] === (parentId ?? "top");

/** The top also holds folders of which only they are mine (a guest's). */
function belongs(cache: QueryClient, node: Node, key: readonly unknown[]): boolean {
  if (isListOf(key, node.parent_id)) return true;
  if (key[3] !== "top" || node.access === "inherited") return false;
  const held = cache.getQueryData<Listing>(key);
  return held?.items.some((one) => one.id === node.id && one.parent_id === node.parent_id) ?? false;
}

function isBirth(node: Node): boolean {
  return node.version === 1 || (node.version === 2 && node.content_version === 1);
}

/** « 24 éléments » of a folder that nobody unfolded. */
function count(cache: QueryClient, prefix: readonly unknown[], folderId: string, by: number): void {
  for (const [key, list] of cache.getQueriesData<Listing>({ queryKey: prefix })) {
    const known = list?.counts[folderId];
    if (list && known !== undefined) {
      cache.setQueryData(key, { ...list, counts: { ...list.counts, [folderId]: Math.max(0, known + by) } });
    }
  }
}

/** What went and was counted: told twice it counts once, and what comes back counts again. */
const left = new WeakMap<QueryClient, Set<string>>();
function leftOf(cache: QueryClient): Set<string> {
  const known = left.get(cache) ?? new Set<string>();
  left.set(cache, known);
  return known;
}

/** A folder that came from elsewhere brings its count along; where nobody knows it, the list is asked. */
function bringCount(cache: QueryClient, node: Node): void {
  const key = keys.list(node.workspace_id, node.parent_id);
  const list = cache.getQueryData<Listing>(key);
  if (list?.counts[node.id] !== undefined || !list?.items.some((one) => one.id === node.id)) return;
  const lists = cache.getQueriesData<Listing>({ queryKey: keys.lists(node.workspace_id) });
  const known = lists.map(([, other]) => other?.counts[node.id]).find((count) => count !== undefined);
  if (known === undefined) void cache.invalidateQueries({ queryKey: key });
  else cache.setQueryData<Listing>(key, { ...list, counts: { ...list.counts, [node.id]: known } });
}

/** A folder is born empty. */
function begin(cache: QueryClient, key: readonly unknown[], folderId: string): void {
  const list = cache.getQueryData<Listing>(key);
  if (list) cache.setQueryData<Listing>(key, { ...list, counts: { [folderId]: 0, ...list.counts } });
}

function changed(cache: QueryClient, node: Node): void {
  const lists = keys.lists(node.workspace_id);
  const held = findIn<Node>(cache, lists, node.id);
  if (held && held.version > node.version) return; // late, and it may have lain elsewhere then
  upsertInto<Node>(cache, lists, node, { insert: "end", belongs: (_, key) => belongs(cache, node, key) });
  replaceIn<Node>(cache, keys.node(node.id), node);
  const back = leftOf(cache).delete(node.id);
  if (!held && (back || isBirth(node))) {
    if (node.parent_id !== null) count(cache, lists, node.parent_id, 1);
    if (node.kind === "folder" && !back) begin(cache, keys.list(node.workspace_id, node.parent_id), node.id);
  }
  if (node.kind === "folder") bringCount(cache, node);
  if (held && held.parent_id !== node.parent_id) {
    if (held.parent_id !== null) count(cache, lists, held.parent_id, -1);
    if (node.parent_id !== null) count(cache, lists, node.parent_id, 1);
  }
  if (held && held.parent_id !== node.parent_id) void cache.invalidateQueries({ queryKey: approvalKeys.marks });
  if (held && held.scope_id !== node.scope_id) {
    // what lies in it changed its people too
    void cache.invalidateQueries({ queryKey: keys.list(node.workspace_id, node.id) });
  }
  if (held && held.version < node.version && node.access === "restricted" && held.parent_id === node.parent_id) {
    // « 5 personnes » of a restricted folder is told with the list
    void cache.invalidateQueries({ queryKey: keys.list(node.workspace_id, node.parent_id) });
  }
  const own = cache.getQueryData<Listing>(keys.list(node.workspace_id, node.id));
  if (own?.folder && own.folder.version < node.version) {
    const path = own.path.map((step) => (step.id === node.id ? { ...step, name: node.name, access: node.access } : step));
    cache.setQueryData<Listing>(keys.list(node.workspace_id, node.id), { ...own, folder: node, path });
  }
  void cache.invalidateQueries({ queryKey: keys.bin(node.workspace_id) });
  filterAgain(cache);
}

/** What lies in a folder that went away may be gone with it: whoever looks at it asks again, and at once. */
function askAgainBelow(cache: QueryClient, id: string): void {
  const below = (path: readonly { id: string }[] | undefined): boolean => path?.some((step) => step.id === id) ?? false;
  for (const [queryKey, list] of cache.getQueriesData<Listing>({ queryKey: ["documents"] })) {
    if (queryKey[3] === id || below(list?.path)) void cache.resetQueries({ queryKey, exact: true });
  }
  for (const [queryKey, node] of cache.getQueriesData<NodeForMe>({ queryKey: ["document"] })) {
    if (queryKey[1] === id || below(node?.path)) void cache.resetQueries({ queryKey, exact: true });
  }
}

/** Lists away from the folder, and what happened: they are short, and asked for again once a second at most. */
function askAbout(cache: QueryClient): void {
  askSoon(cache, followKeys.shelves);
  askSoon(cache, followKeys.activities);
}

/** A right is withdrawn while one looks: what was readable by it alone leaves the page at once (R-06, documents-10). */
function forgetScopes(cache: QueryClient, workspaceId: string, lost: ReadonlySet<string>): void {
  const gone = new Set<string>();
  for (const [queryKey, list] of cache.getQueriesData<Listing>({ queryKey: keys.lists(workspaceId) })) {
    if (!list) continue;
    for (const node of list.items) if (lost.has(node.scope_id)) gone.add(node.id);
    if (list.folder && lost.has(list.folder.scope_id)) void cache.resetQueries({ queryKey, exact: true });
    else if (list.items.some((node) => gone.has(node.id))) {
      cache.setQueryData<Listing>(queryKey, { ...list, items: list.items.filter((node) => !gone.has(node.id)) });
      void cache.invalidateQueries({ queryKey, exact: true });
    }
  }
  for (const [queryKey, node] of cache.getQueriesData<NodeForMe>({ queryKey: ["document"] })) {
    if (!node || !lost.has(node.scope_id)) continue;
    gone.add(node.id);
    void cache.resetQueries({ queryKey, exact: true });
  }
  for (const id of gone) void cache.resetQueries({ queryKey: commentKeys.of(id) });
  filterAgain(cache);
}

export const folds = {
  "live.scopes": {
    changed: (cache, { workspace_id, gained, lost }) => {
      if (lost.length > 0) forgetScopes(cache, workspace_id, new Set(lost));
      if (lost.length > 0) forgetFacts(cache, new Set(lost));
      askFacts(cache);
      if (gained.length > 0) void cache.invalidateQueries({ queryKey: keys.lists(workspace_id) });
    },
  },
  "documents.node": {
    changed: (cache, node) => {
      changed(cache, node);
      foldFacts(cache, node);
      askAbout(cache);
    },
    removed: (cache, { id, parent_id }) => {
      const held = findIn<Node>(cache, ["documents"], id);
      dropFrom(cache, ["documents"], id);
      if (parent_id !== null && !leftOf(cache).has(id)) {
        leftOf(cache).add(id);
        count(cache, ["documents"], parent_id, -1);
      }
      if (held?.kind === "folder") {
        // it may be back in a scope that was heard first: the list says
        void cache.invalidateQueries({ queryKey: keys.list(held.workspace_id, held.parent_id) });
        void cache.invalidateQueries({ queryKey: keys.list(held.workspace_id, id) });
      }
      askAgainBelow(cache, id);
      dropFacts(cache, id);
      void cache.resetQueries({ queryKey: commentKeys.of(id) });
      filterAgain(cache);
      void cache.resetQueries({ queryKey: approvalKeys.node(id) });
      void cache.invalidateQueries({ queryKey: ["documents-bin"] });
      askAbout(cache);
    },
  },
  "documents.mark": {
    changed: (cache, mark) => {
      cache.setQueryData<Marks>(followKeys.marks, (marks) => marks && marked(marks, mark));
      askSoon(cache, followKeys.shelves);
    },
  },
  "documents.comment": commentFolds,
  "documents.field": fieldFolds,
  "documents.approval": approvalFolds,
  "documents.retention": retentionFolds,
  // a folder that came full: nobody heard of what lies in it
  "documents.count": {
    changed: (cache, { id, workspace_id, count: inside }) => {
      for (const [key, list] of cache.getQueriesData<Listing>({ queryKey: keys.lists(workspace_id) })) {
        if (list?.items.some((one) => one.id === id)) cache.setQueryData<Listing>(key, { ...list, counts: { ...list.counts, [id]: inside } });
      }
      void cache.invalidateQueries({ queryKey: keys.list(workspace_id, id) });
    },
  },
  // which lists a link belongs in follows from the tree above it: they are short, and read again
  "documents.share": {
    changed: (cache) => void cache.invalidateQueries({ queryKey: shareKeys.all }),
    removed: (cache) => void cache.invalidateQueries({ queryKey: shareKeys.all }),
  },
  "documents.unpacking": {
    changed: (cache, unpacking) => upsertInto<Unpacking>(cache, unpackingsKey, unpacking, { insert: "start" }),
    removed: (cache, { id }) => dropFrom(cache, unpackingsKey, id),
  },
  "documents.sharing": {
    changed: (cache, sharing) => cache.setQueryData(shareKeys.sharing(sharing.workspace_id), sharing),
    removed: (cache) => void cache.invalidateQueries({ queryKey: ["documents-sharing"] }),
  },
} satisfies Folds<"live.scopes" | "documents.mark" | "documents.node" | "documents.approval" | "documents.retention" | "documents.comment" | "documents.field" | "documents.count" | "documents.share" | "documents.sharing" | "documents.unpacking">;
