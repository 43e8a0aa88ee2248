/** The links of a text to things of this office. Pure. */
import type { TFunction } from "i18next";
import { linksOf, plain } from "./markdown";
import { type Reference, referenceOf } from "./references";

export interface Link extends Reference {
  address: string;
}

/** As many cards below a text; the other links stay in it. */
export const MOST_CARDS = 3;
const LONGEST = 30_000;

/** The links of a text to things of this office, in their order, each address once. Code has none. */
export function linksIn(text: string): Link[] {
  if (!text.includes(window.location.host)) return [];
  return [...new Set(linksOf(text.slice(0, LONGEST)))].flatMap((address) => {
    const reference = referenceOf(address);
    return reference ? [{ address, ...reference }] : [];
  });
}

/** The words alone, to be heard or to name something: « Tâche », never the signs of its address. */
export function spoken(text: string, t: TFunction<"common">): string {
  const links = linksIn(text);
  return links.length === 0 ? plain(text) : plain(text, new Map(links.map(({ address, kind }) => [address, t(`link.${kind}`)])));
}
