/** From the lists that are here to the rows of the tree-grid. */
import { fileKind } from "../../../shared/ui/fileKind";
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

export type SortKey = "name" | "author" | "modified" | "size" | "kind" | "created" | "tags";
export interface Sort {
  by: SortKey;
  down: boolean;
}

const collator = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });
const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const tagsOf = (node: Node): string => node.tags.join(", ");

/** Folders first, then by name: the order under every other. */
function byName(a: Node, b: Node): number {
  return Number(a.kind === "document") - Number(b.kind === "document") || collator.compare(a.name, b.name) || before(a.id, b.id);
}

const KEYS: Record<Exclude<SortKey, "name">, (a: Node, b: Node) => number> = {
  author: (a, b) => (a.modified_by.id === b.modified_by.id ? 0 : collator.compare(a.modified_by.name, b.modified_by.name)),
  modified: (a, b) => before(a.modified_at, b.modified_at),
  size: (a, b) => a.size - b.size,
  kind: (a, b) => before(fileKind(a.name, a.media_type), fileKind(b.name, b.media_type)),
  created: (a, b) => before(a.created_at, b.created_at),
  tags: (a, b) => (tagsOf(a) === tagsOf(b) ? 0 : collator.compare(tagsOf(a), tagsOf(b))),
};

/** Folders first, then by what was asked, then by name. `named`: the same nodes by name, where that is known. */
export function ordered(nodes: readonly Node[], { by, down }: Sort, named = [...nodes].sort(byName)): Node[] {
  const sign = down ? -1 : 1;
  if (by === "name") {
    if (!down) return named;
    const cut = named.findIndex((node) => node.kind === "document");
    const folders = cut < 0 ? named : named.slice(0, cut);
    return [...[...folders].reverse(), ...(cut < 0 ? [] : named.slice(cut).reverse())];
  }
  const compare = KEYS[by];
  return [...named].sort((a, b) => Number(a.kind === "document") - Number(b.kind === "document") || sign * compare(a, b));
}

const FEW = 200;

/**
 * What was put in order is not put in order again: comparing names as people do is slow, and a frame changes one node
 * of ten thousand.
 */
export class Orders {
  readonly #held = new Map<string, { items: readonly Node[]; named: Node[] }>();

  named(id: string, items: readonly Node[]): Node[] {
    const held = this.#held.get(id);
    if (held?.items === items) return held.named;
    const named = (held && mended(held.items, held.named, items)) ?? [...items].sort(byName);
    this.#held.delete(id);
    this.#held.set(id, { items, named });
    const [oldest] = this.#held.keys();
    if (this.#held.size > 150 && oldest !== undefined) this.#held.delete(oldest);
    return named;
  }
}

/** The new ones into their places, without those that went; null when too many changed. */
function mended(was: readonly Node[], named: readonly Node[], items: readonly Node[]): Node[] | null {
  const changed = between(was, items);
  const gone = new Set(changed.was);
  const fresh: Node[] = [];
  for (const node of changed.items) if (!gone.delete(node)) fresh.push(node);
  if (fresh.length > FEW) return null;
  const result = gone.size === 0 ? [...named] : named.filter((node) => !gone.has(node));
  fresh.sort(byName);
  const places = fresh.map((node) => placeOf(node, result));
  const whole: Node[] = [];
  let from = 0;
  fresh.forEach((node, index) => {
    const to = places[index] ?? result.length;
    for (let at = from; at < to; at += 1) whole.push(result[at] as Node);
    whole.push(node);
    from = to;
  });
  for (let at = from; at < result.length; at += 1) whole.push(result[at] as Node);
  return whole;
}

/** What is left of two lists when the same beginning and the same end are taken off: a frame changes one place. */
function between(was: readonly Node[], items: readonly Node[]): { was: readonly Node[]; items: readonly Node[] } {
  const shorter = Math.min(was.length, items.length);
  let start = 0;
  while (start < shorter && was[start] === items[start]) start += 1;
  let end = 0;
  while (end < shorter - start && was[was.length - 1 - end] === items[items.length - 1 - end]) end += 1;
  return { was: was.slice(start, was.length - end), items: items.slice(start, items.length - end) };
}

function placeOf(node: Node, sorted: readonly Node[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other && byName(other, node) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of a folder with what is unfolded in it. `listOf` gives what has been fetched. */
export function rowsOf(
  top: Listing | undefined,
  expanded: ReadonlySet<string>,
  sort: Sort,
  listOf: (id: string) => Listing | undefined,
  orders: Orders = new Orders(),
): Row[] {
  const rows: Row[] = [];
  const walk = (id: string, list: Listing, level: number): void => {
    const nodes = ordered(list.items, sort, orders.named(id, list.items));
    nodes.forEach((node, index) => {
      const folder = node.kind === "folder";
      const open = folder && expanded.has(node.id);
      const inside = folder ? listOf(node.id) : undefined;
      const count = inside && inside.next === null ? inside.items.length : (list.counts[node.id] ?? null);
      rows.push({ node, level, position: index + 1, siblings: nodes.length, open: folder ? open : null, count });
      if (open && inside && level < 50) walk(node.id, inside, level + 1);
    });
  };
  if (top) walk("", top, 1);
  return rows;
}
