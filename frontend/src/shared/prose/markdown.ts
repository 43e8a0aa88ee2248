/**
 * From the source that people write to what is shown: Markdown without inline HTML, then one allow-list. Whatever
 * the first lets through, the second keeps only words, lists, tables, code and links to http(s), mailto and tel.
 */
import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";
import { isOurs } from "./references";

export interface Named {
  id: string;
  name: string;
}

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
markdown.disable(["image", "heading", "lheading", "hr", "html_block", "html_inline", "reference"]);
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.validateLink = isSafeLink;

const TAGS = [
  "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span",
  "table", "thead", "tbody", "tr", "th", "td",
];
const MENTION = "prose-mention";
const purifier = DOMPurify(window);
purifier.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName !== "A") return;
  const address = node.getAttribute("href") ?? "";
  if (!isSafeLink(address)) {
    node.removeAttribute("href");
    return;
  }
  node.setAttribute("rel", "noopener noreferrer");
  if (!isOurs(address)) node.setAttribute("target", "_blank");
});

/** Only these go where they say: the web, a mail, a telephone. */
export function isSafeLink(address: string): boolean {
  const clean = address.trim();
  if (clean.length > 2048 || [...clean].some((char) => char <= "\u0020" || char === "\u007f")) return false;
  return /^(?:https?:\/\/[^\\]|mailto:[^\\]|tel:\+?[\d().-]+$)/i.test(clean);
}

const NO_TITLES: ReadonlyMap<string, string> = new Map();

/** Safe HTML. `@name` of the people in `named` is marked, except inside code; a bare address shows its title. */
export function render(source: string, named: readonly Named[] = [], me = "", titles = NO_TITLES): string {
  const tokens = markdown.parse(source, {});
  if (titles.size > 0) for (const block of tokens) entitle(block.children ?? [], titles);
  if (named.length > 0) {
    const names = [...named].sort((a, b) => b.name.length - a.name.length);
    for (const block of tokens) if (block.children) block.children = block.children.flatMap((token) => split(token, names, me));
  }
  return purifier.sanitize(markdown.renderer.render(tokens, markdown.options, {}), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "class", "start"],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}

/** Where the links of a text lead, in their order; code has none. */
export function linksOf(source: string): string[] {
  const inline = markdown.parse(source, {}).flatMap((block) => block.children ?? []);
  return inline.flatMap((token) => (token.type === "link_open" ? [String(token.attrGet("href") ?? "")] : []));
}

type Token = ReturnType<typeof markdown.parse>[number];

/** The title of what an address names, in place of the address. */
function entitle(tokens: Token[], titles: ReadonlyMap<string, string>): void {
  tokens.forEach((token, index) => {
    const words = tokens[index + 1];
    const bare = token.type === "link_open" && (token.markup === "linkify" || token.markup === "autolink");
    const title = bare && words?.type === "text" ? titles.get(String(token.attrGet("href") ?? "")) : undefined;
    if (title !== undefined && words) words.content = title;
  });
}

/** A text cut at each mention of these people. */
function split(token: Token, names: readonly Named[], me: string): Token[] {
  if (token.type !== "text" || !token.content.includes("@")) return [token];
  const parts: Token[] = [];
  let rest = token.content;
  const push = (type: string, content: string): void => {
    const part = Object.assign(Object.create(Object.getPrototypeOf(token) as object) as Token, token, { type, content });
    parts.push(part);
  };
  while (rest !== "") {
    const found = first(rest, names);
    if (!found) break;
    if (found.at > 0) push("text", rest.slice(0, found.at));
    push(found.who.id === me ? "mention_me" : "mention", `@${found.who.name}`);
    rest = rest.slice(found.at + found.who.name.length + 1);
  }
  if (rest !== "") push("text", rest);
  return parts;
}

function first(text: string, names: readonly Named[]): { at: number; who: Named } | null {
  let best: { at: number; who: Named } | null = null;
  for (const who of names) {
    const at = text.indexOf(`@${who.name}`);
    if (at >= 0 && (best === null || at < best.at)) best = { at, who };
  }
  return best;
}

const escape = markdown.utils.escapeHtml;
markdown.renderer.rules["mention"] = (tokens, index) =>
  `<span class="${MENTION}">${escape(tokens[index]?.content ?? "")}</span>`;
markdown.renderer.rules["mention_me"] = (tokens, index) =>
  `<span class="${MENTION} ${MENTION}-me">${escape(tokens[index]?.content ?? "")}</span>`;

/** The words alone, on one line: for summaries and screen readers. */
export function plain(source: string, titles = NO_TITLES): string {
  const holder = document.createElement("template");
  holder.innerHTML = render(source, [], "", titles);
  return (holder.content.textContent ?? "").replace(/\s+/g, " ").trim();
}
