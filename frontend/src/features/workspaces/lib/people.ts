import type { Member } from "../api";

const RANK = { manager: 0, member: 1, reader: 2, guest: 3 } as const;
const collator = new Intl.Collator("fr", { sensitivity: "base" });

/** Those who answer for the workspace first, guests last, then by name. */
export function inOrder(members: readonly Member[]): Member[] {
  return [...members].sort((a, b) => RANK[a.role] - RANK[b.role] || collator.compare(a.person.name, b.person.name));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("fr");
}

/** Names that hold the text, accents and case aside. */
export function matching(members: readonly Member[], text: string): Member[] {
  const wanted = plain(text.trim());
  return members.filter((member) => plain(member.person.name).includes(wanted));
}
