/** Which grammar a file has, by its extension. Longer texts stay plain: a page of coloured pieces must stay quick. */
export const COLOURED_LIMIT = 100_000;

const GRAMMARS = {
  bash: ["sh", "bash", "zsh"],
  c: ["c", "h"],
  cpp: ["cc", "cpp", "cxx", "hpp"],
  css: ["css"],
  diff: ["diff", "patch"],
  go: ["go"],
  ini: ["ini", "toml", "conf", "cfg", "properties", "env"],
  java: ["java"],
  javascript: ["js", "mjs", "cjs", "jsx"],
  json: ["json", "geojson"],
  php: ["php"],
  powershell: ["ps1", "psm1"],
  python: ["py"],
  r: ["r"],
  rust: ["rs"],
  sql: ["sql"],
  typescript: ["ts", "tsx"],
  xml: ["xml", "html", "htm", "xhtml", "svg", "xsl", "xsd", "mml"],
  yaml: ["yml", "yaml"],
} as const;

export type Grammar = keyof typeof GRAMMARS;

const BY_EXTENSION = new Map<string, Grammar>(
  (Object.keys(GRAMMARS) as Grammar[]).flatMap((grammar) => GRAMMARS[grammar].map((extension) => [extension, grammar] as const)),
);

/** The grammar of a file of this name; none for plain words. */
export function grammarOf(name: string): Grammar | null {
  return BY_EXTENSION.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? null;
}
