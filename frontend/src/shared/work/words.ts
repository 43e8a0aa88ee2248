/** The words with which something begins that is made of a message. Pure. */
import { plain } from "../prose/markdown";
import type { Said } from "./context";

/** The first line that says something, without Markdown. */
export function titleOf(said: Said, limit: number): string {
  const first = said.text.split("\n").find((line) => plain(line).trim() !== "") ?? "";
  const title = plain(first).replace(/\s+/g, " ").trim();
  return title.length > limit ? `${title.slice(0, limit - 1).trimEnd()}…` : title;
}

/** The words, quoted, and who wrote them when. */
export function quoteOf(said: Said, signature: string, limit: number): string {
  const quoted = said.text.split("\n").map((line) => `> ${line}`).join("\n");
  const room = Math.max(0, limit - signature.length - 4);
  return `${quoted.length > room ? `${quoted.slice(0, room)}…` : quoted}\n\n${signature}`;
}
