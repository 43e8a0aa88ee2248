const ADDRESS = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** The addresses of a pasted text: « Alice Martin <alice@exemple.fr>; bruno@exemple.fr ». */
export function addressesIn(text: string): { valid: string[]; invalid: string[] } {
  const valid = new Set<string>();
  const invalid = new Set<string>();
  for (const part of text.split(/[\n,;]+/)) {
    const inside = /<([^<>]+)>/.exec(part)?.[1];
    const words = inside === undefined ? part.trim().split(/\s+/) : [inside.trim()];
    for (const word of words) {
      if (word === "") continue;
      if (ADDRESS.test(word)) valid.add(word);
      else invalid.add(word);
    }
  }
  return { valid: [...valid], invalid: [...invalid] };
}
