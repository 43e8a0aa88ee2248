/** The words found, in the title as it is written: case and accents do not matter. */

export interface Piece {
  text: string;
  found: boolean;
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase("fr");
}

export function pieces(title: string, words: readonly string[]): Piece[] {
  const letters = Array.from(title.normalize("NFC"));
  const flat = letters.map((letter) => folded(letter));
  const text = flat.join("");
  const isFound = new Array<boolean>(text.length).fill(false);
  for (const word of words.map(folded).filter(Boolean)) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) isFound.fill(true, at, at + word.length);
  }
  const found: Piece[] = [];
  let at = 0;
  letters.forEach((letter, index) => {
    const length = flat[index]?.length ?? 0;
    const mark = length > 0 && isFound[at] === true;
    at += length;
    const last = found.at(-1);
    if (last && last.found === mark) last.text += letter;
    else found.push({ text: letter, found: mark });
  });
  return found;
}

const ELISIONS = new Set(["l", "d", "s", "n", "m", "t", "j", "c", "qu"]);

/** The words that the server looks for (`words_of`): parted by any sign, without elided articles nor the plural’s letter. */
export function wordsOf(text: string): string[] {
  const parts = folded(text).split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "");
  const kept = parts.filter((part) => !ELISIONS.has(part));
  const words = kept.length > 0 ? kept : parts;
  return words.slice(0, 5).map((word) => (word.length > 3 && /[sx]$/.test(word) ? word.slice(0, -1) : word));
}
