/**
 * Frames that arrive while a list is being fetched are folded into the old list, then overwritten by the answer,
 * which may have been read before them. So the last frames are kept and folded again into every answer.
 */
import { type InfiniteData, QueryClient, type QueryFunctionContext, type QueryKey } from "@tanstack/react-query";
import { holdsMiddlePage, shareGone } from "./cache";
import type { Fold, Folds, Frame, Kind } from "./frames";

const KEPT = 2000;

export class FoldRegistry {
  readonly #folds = new Map<Kind, Fold<Kind>[]>();

  add(folds: Folds): void {
    for (const [kind, fold] of Object.entries(folds)) {
      const known = this.#folds.get(kind as Kind) ?? [];
      this.#folds.set(kind as Kind, [...known, fold as Fold<Kind>]);
    }
  }

  /**
   * Folds one frame into a cache. A kind that this build does not know is left alone. False: one could not be folded (a
   * newer server says it otherwise); those after it are folded all the same.
   */
  apply(cache: QueryClient, frame: Frame): boolean {
    let whole = true;
    for (const fold of this.#folds.get(frame.kind) ?? []) {
      try {
        if (frame.op === "changed") fold.changed?.(cache, frame.data as never);
        else fold.removed?.(cache, frame.data);
      } catch (error) {
        whole = false;
        console.error(error);
      }
    }
    return whole;
  }
}

/** The last frames, in order of arrival. */
export class Ring {
  #frames: Frame[] = [];
  #dropped = 0;

  get mark(): number {
    return this.#dropped + this.#frames.length;
  }

  push(frame: Frame): void {
    this.#frames.push(frame);
    if (this.#frames.length > KEPT * 2) {
      this.#dropped += this.#frames.length - KEPT;
      this.#frames = this.#frames.slice(-KEPT);
    }
  }

  /** What came since `mark`; null when it is no longer all here. */
  since(mark: number): Frame[] | null {
    return mark < this.#dropped ? null : this.#frames.slice(mark - this.#dropped);
  }
}

export const registry = new FoldRegistry();
export const ring = new Ring();

interface Answer<T> {
  data: T;
  key: QueryKey;
  frames: Frame[];
  cache: QueryClient;
  middlePage?: boolean;
}

function replay<T>({ data, key, frames, cache, middlePage }: Answer<T>): T {
  if (frames.length === 0) return data;
  const scratch = new QueryClient();
  shareGone(cache, scratch);
  if (middlePage) holdsMiddlePage(scratch);
  scratch.setQueryData(key, data);
  for (const frame of frames) registry.apply(scratch, frame);
  return scratch.getQueryData<T>(key) ?? data;
}

/** A part of an answer that is still coming, with what was heard since `mark`. */
export function refolded<T>(data: T, mark: number, key: QueryKey, cache: QueryClient): T {
  return replay({ data, key, frames: ring.since(mark) ?? [], cache });
}

type Fetch<T, K extends QueryKey, P> = (context: QueryFunctionContext<K, P>) => Promise<T>;

/** Wraps the `queryFn` of anything that frames change. */
export function liveQueryFn<T, K extends QueryKey>(fetch: Fetch<T, K, never>): Fetch<T, K, never> {
  return async (context) => {
    for (;;) {
      const mark = ring.mark;
      const data = await fetch(context);
      const frames = ring.since(mark);
      if (frames) return replay({ data, key: context.queryKey, frames, cache: context.client });
    }
  };
}

/** The same for a page of an infinite list. New things enter only the first page (no page parameter). */
export function livePageFn<T, K extends QueryKey, P>(fetch: Fetch<T, K, P>): Fetch<T, K, P> {
  return async (context) => {
    for (;;) {
      const mark = ring.mark;
      const page = await fetch(context);
      const frames = ring.since(mark);
      if (!frames) continue;
      const pageParam = context.pageParam as P;
      const data: InfiniteData<T, P> = { pages: [page], pageParams: [pageParam] };
      const middlePage = pageParam !== null && pageParam !== undefined && pageParam !== "";
      const folded = replay({ data, key: context.queryKey, frames, cache: context.client, middlePage });
      return folded.pages[0] ?? page;
    }
  };
}
