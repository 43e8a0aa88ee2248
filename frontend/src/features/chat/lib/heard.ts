/** What screen readers are told of a burst of messages: one sentence, whatever came. Pure. */
import type { Message } from "../api";

export interface Heard {
  key: "list.said" | "list.several" | "list.several_by";
  values: Record<string, string | number>;
}

const LONGEST = 200;

/** What is news to the ear: words of others, that stand; neither edits nor signs are messages. */
export function newsTo(me: string, items: readonly Message[], since: number): Message[] {
  return items.filter((one) => one.seq > since && one.author.id !== me && one.deleted_at === null && one.system === null);
}

/** One message is read out; of several their number and that of their authors. */
export function sentenceOf(news: readonly Message[], words: (text: string) => string): Heard | null {
  const [first] = news;
  if (!first) return null;
  if (news.length === 1) return { key: "list.said", values: { name: first.author.name, text: words(first.text).slice(0, LONGEST) } };
  const authors = new Set(news.map((one) => one.author.id)).size;
  if (authors === 1) return { key: "list.several_by", values: { count: news.length, name: first.author.name } };
  return { key: "list.several", values: { count: news.length, people: authors } };
}
