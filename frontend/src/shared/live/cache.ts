/**
 * Folding one object into the lists that hold it. Newer `version` wins; what was removed does not come back;
 * a list that nobody has fetched stays unfetched.
 */
import { type InfiniteData, type QueryClient, type QueryKey, hashKey } from "@tanstack/react-query";

export interface Thing {
  id: string;
  version?: number;
}

/** The three shapes of a cached list. */
type ListData<T> = T[] | Page<T> | InfiniteData<Page<T>>;
interface Page<T> {
  items: T[];
}

export interface Place<T> {
  /** Where a new one goes. `false`: only update those that are there. */
  insert?: "start" | "end" | false;
  /** Keeps the list in order; wins over `insert` for single-page lists. */
  order?: (a: T, b: T) => number;
  /** Whether it belongs in this list now; when not, it is taken out. */
  belongs?: (item: T, key: QueryKey) => boolean;
}

const gone = new WeakMap<QueryClient, Map<string, number>>();
const updateOnly = new WeakSet<QueryClient>();
const GONE_LIMIT = 5000;

/** Marks a scratch cache that holds one page from the middle of a list: nothing new is inserted there. */
export function holdsMiddlePage(cache: QueryClient): void {
  updateOnly.add(cache);
}

/** Things removed by a frame; shared with the scratch cache of a fetch. */
export function shareGone(from: QueryClient, to: QueryClient): void {
  gone.set(to, goneIn(from));
}

function goneIn(cache: QueryClient): Map<string, number> {
  let known = gone.get(cache);
  if (!known) {
    known = new Map();
    gone.set(cache, known);
  }
  return known;
}

/** Puts a thing into every cached list whose key begins with `prefix`, or updates it there. */
export function upsertInto<T extends Thing>(cache: QueryClient, prefix: QueryKey, item: T, place: Place<T> = {}): void {
  const removedAt = goneIn(cache).get(item.id);
  if (removedAt !== undefined && (item.version ?? 0) <= removedAt) return;
  for (const [key, data] of cache.getQueriesData<ListData<T>>({ queryKey: prefix })) {
    if (data === undefined || !isList<T>(data)) continue;
    const belongs = place.belongs?.(item, key) ?? true;
    const next = belongs ? putIn(data, item, updateOnly.has(cache) ? { ...place, insert: false } : place) : outOf(data, item);
    if (next !== data) cache.setQueryData(key, next);
  }
}

/**
 * Takes a thing out of every cached list whose key begins with `prefix`, for good: an older frame that comes late
 * does not bring it back; a newer version (a restored thing) does.
 */
export function dropFrom(cache: QueryClient, prefix: QueryKey, id: string): void {
  let version = goneIn(cache).get(id) ?? 0;
  for (const [key, data] of cache.getQueriesData<ListData<Thing>>({ queryKey: prefix })) {
    if (data === undefined || !isList<Thing>(data)) continue;
    version = Math.max(version, find(data, id)?.version ?? 0);
    const next = onItems(data, (items) => without(items, id));
    if (next !== data) cache.setQueryData(key, next);
  }
  remember(cache, id, version);
}

function remember(cache: QueryClient, id: string, version: number): void {
  const known = goneIn(cache);
  known.set(id, version);
  if (known.size > GONE_LIMIT) {
    const first = known.keys().next();
    if (!first.done) known.delete(first.value);
  }
}

/** Replaces one cached object by a newer one; does nothing if nobody fetched it or it is already as new. */
export function replaceIn<T extends Thing>(cache: QueryClient, key: QueryKey, item: T): void {
  const held = cache.getQueryData<T>(key);
  if (held !== undefined && held.id === item.id && isNewer(item, held)) cache.setQueryData(key, { ...held, ...item });
}

/** Whether `next` may take the place of `held`. */
export function isNewer(next: Thing, held: Thing): boolean {
  return next.version === undefined || held.version === undefined || next.version >= held.version;
}

/** The first thing with this id in any cached list under `prefix`. */
export function findIn<T extends Thing>(cache: QueryClient, prefix: QueryKey, id: string): T | undefined {
  for (const [, data] of cache.getQueriesData<ListData<T>>({ queryKey: prefix })) {
    const found = data !== undefined && isList<T>(data) ? find(data, id) : undefined;
    if (found) return found;
  }
  return undefined;
}

function isList<T>(data: unknown): data is ListData<T> {
  if (Array.isArray(data)) return true;
  if (typeof data !== "object" || data === null) return false;
  return ("items" in data && Array.isArray(data.items)) || ("pages" in data && Array.isArray(data.pages));
}

function putIn<T extends Thing>(data: ListData<T>, item: T, place: Place<T>): ListData<T> {
  if (find(data, item.id)) {
    const updated = onItems(data, (items) => updatedIn(items, item));
    return place.order && updated !== data && !("pages" in updated) ? sorted(updated, place.order) : updated;
  }
  if (place.insert === false) return data;
  if (Array.isArray(data)) return inserted(data, item, place);
  if ("items" in data) return { ...data, items: inserted(data.items, item, place) };
  const [first, ...rest] = data.pages;
  return first ? { ...data, pages: [{ ...first, items: inserted(first.items, item, place) }, ...rest] } : data;
}

/** One place of a copy: a list may be long, and frames many. */
function updatedIn<T extends Thing>(items: T[], item: T): T[] {
  const at = items.findIndex((one) => one.id === item.id);
  const held = items[at];
  if (!held || !isNewer(item, held) || same(held, item)) return items;
  const next = items.slice();
  next[at] = { ...held, ...item };
  return next;
}

function without<T extends Thing>(items: T[], id: string): T[] {
  const at = items.findIndex((one) => one.id === id);
  return at < 0 ? items : [...items.slice(0, at), ...items.slice(at + 1)];
}

function inserted<T>(items: T[], item: T, place: Place<T>): T[] {
  const next = place.insert === "start" ? [item, ...items] : [...items, item];
  return place.order ? next.sort(place.order) : next;
}

function sorted<T>(data: T[] | Page<T>, order: (a: T, b: T) => number): T[] | Page<T> {
  return Array.isArray(data) ? [...data].sort(order) : { ...data, items: [...data.items].sort(order) };
}

function outOf<T extends Thing>(data: ListData<T>, item: T): ListData<T> {
  const held = find(data, item.id);
  return held && isNewer(item, held) ? onItems(data, (items) => without(items, item.id)) : data;
}

function find<T extends Thing>(data: ListData<T>, id: string): T | undefined {
  if (Array.isArray(data)) return data.find((item) => item.id === id);
  if ("items" in data) return data.items.find((item) => item.id === id);
  for (const page of data.pages) {
    const found = page.items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

function onItems<T>(data: ListData<T>, change: (items: T[]) => T[]): ListData<T> {
  if (Array.isArray(data)) return change(data);
  if ("items" in data) {
    const items = change(data.items);
    return items === data.items ? data : { ...data, items };
  }
  let touched = false;
  const pages = data.pages.map((page) => {
    const items = change(page.items);
    touched ||= items !== page.items;
    return items === page.items ? page : { ...page, items };
  });
  return touched ? { ...data, pages } : data;
}

function same(a: object, b: object): boolean {
  return hashKey([a]) === hashKey([{ ...a, ...b }]);
}
