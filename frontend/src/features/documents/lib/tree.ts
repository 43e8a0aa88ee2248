/** From the lists that are here to the rows of the tree-grid. */
import type { Listing, Node } from "../api";

export interface Row {
  node: Node;
  level: number;
  position: number;
  siblings: number;
  /** Null for a document. */
  open: boolean | null;
  count: number | null;
}

export type SortKey = "name" | "author" | "modified" | "size";
export interface Sort {
  by: SortKey;
  down: boolean;
}

const collator = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

/** Folders first, then by what was asked, then by name. */
export function ordered(nodes: readonly Node[], { by, down }: Sort): Node[] {
  const sign = down ? -1 : 1;
  const compare: Record<SortKey, (a: Node, b: Node) => number> = {
    name: (a, b) => collator.compare(a.name, b.name),
    author: (a, b) => collator.compare(a.modified_by.name, b.modified_by.name),
    modified: (a, b) => a.modified_at.localeCompare(b.modified_at),
    size: (a, b) => a.size - b.size,
  };
  return [...nodes].sort(
    (a, b) =>
      Number(a.kind === "document") - Number(b.kind === "document") ||
      sign * compare[by](a, b) ||
      collator.compare(a.name, b.name) ||
      a.id.localeCompare(b.id),
  );
}

/** The rows of a folder with what is unfolded in it. `listOf` gives what has been fetched. */
export function rowsOf(
  top: Listing | undefined,
  expanded: ReadonlySet<string>,
  sort: Sort,
  listOf: (id: string) => Listing | undefined,
): Row[] {
  const rows: Row[] = [];
  const walk = (list: Listing, level: number): void => {
    const nodes = ordered(list.items, sort);
    nodes.forEach((node, index) => {
      const folder = node.kind === "folder";
      const open = folder && expanded.has(node.id);
      const inside = folder ? listOf(node.id) : undefined;
      const count = inside ? inside.items.length : (list.counts[node.id] ?? null);
      rows.push({ node, level, position: index + 1, siblings: nodes.length, open: folder ? open : null, count });
      if (open && inside && level < 50) walk(inside, level + 1);
    });
  };
  if (top) walk(top, 1);
  return rows;
}
