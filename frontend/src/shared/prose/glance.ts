/** One line of a text at a glance, without most signs of its source: for the first screens, which parse no Markdown. */
export function glance(text: string, limit = 200): string {
  return text
    .replace(/```[\s\S]*?```/g, " ")
    .replace(/^[ \t]*[>#]+/gm, "")
    .replace(/\*+|~~|`+/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, limit);
}
