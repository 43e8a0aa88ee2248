/** What is pasted from elsewhere: a table of a spreadsheet becomes a table, many lines can become a block. Pure. */

export interface Clip {
  text: string;
  html: string;
}

const MOST_ROWS = 200;
const BLOCK_FROM = 5;

/** The table that was copied from a spreadsheet, as Markdown; null when it is none. */
export function tableOf({ text, html }: Clip): string | null {
  const rows = fromHtml(html) ?? fromTabs(text);
  if (!rows || rows.length < 2 || rows.length > MOST_ROWS) return null;
  const width = Math.max(...rows.map((row) => row.length));
  if (width < 2) return null;
  const line = (row: readonly string[]): string => `| ${Array.from({ length: width }, (_, at) => cell(row[at] ?? "")).join(" | ")} |`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${" --- |".repeat(width)}`, ...rest.map(line)].join("\n");
}

/** Whether so many lines are worth the offer of a block that keeps them as they are. */
export function isBlock(text: string): boolean {
  return !text.includes("```") && text.trimEnd().split("\n").length >= BLOCK_FROM;
}

/** The lines between fences longer than any that they hold. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text.replace(/\n+$/, "")}\n${fence}`;
}

/** The text with something put in the place of a part of it, on lines of its own. */
export function putAlone(value: string, from: number, to: number, what: string): { value: string; caret: number } {
  const before = value.slice(0, from);
  const after = value.slice(to);
  const open = before === "" || before.endsWith("\n") ? "" : "\n";
  const close = after.startsWith("\n") ? "" : "\n";
  const head = before + open + what + close;
  return { value: head + after, caret: head.length };
}

function cell(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replace(/\s+/g, " ").trim();
}

function fromTabs(text: string): string[][] | null {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  if (lines.length < 2 || !lines.every((line) => line.includes("\t"))) return null;
  const rows = lines.map((line) => line.split("\t"));
  // indented code has tabs before its words, a table between them
  return rows.some((row) => row.slice(0, -1).some((one) => one.trim() !== "")) ? rows : null;
}

/** Only a clip that is one table and nothing else: a page with a table in it stays as it is. The tree is inert. */
function fromHtml(html: string): string[][] | null {
  if (!/<table/i.test(html)) return null;
  const page = new DOMParser().parseFromString(html, "text/html");
  const tables = page.querySelectorAll("table");
  const table = tables[0];
  if (tables.length !== 1 || !table) return null;
  const words = (of: Element): string => (of.textContent ?? "").replace(/\s+/g, "");
  for (const hidden of page.querySelectorAll("style, script, title")) hidden.remove();
  if (words(page.body) !== words(table)) return null;
  return [...table.rows].map((row) => [...row.cells].map((one) => one.textContent ?? ""));
}
