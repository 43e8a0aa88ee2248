import { expect, it } from "vitest";
import { find, loadSigns, toned } from "./emoji";

const all = await loadSigns("fr");
const found = (text: string): string[] => find(all, text).map((one) => one.unicode);

it("finds signs by their French and English names, without accents", () => {
  expect(found("pouce vers le haut")[0]).toMatch(/^👍/u);
  expect(found("thumbs up")).toContain("👍️");
  expect(found("fete")).toContain("🎉");
  expect(found("fête")).toContain("🎉");
  expect(found("coeur rouge").length + found("cœur rouge").length).toBeGreaterThan(0);
  expect(found("zzzz")).toEqual([]);
  expect(found("")).toEqual([]);
});

it("shows no letters nor bare tones among the signs", () => {
  expect(all.some((one) => /[\u{1F1E6}-\u{1F1FF}]$/u.test(one.unicode) && [...one.unicode].length === 1)).toBe(false);
  expect(all.some((one) => one.unicode === "🏽")).toBe(false);
  expect(new Set(all.map((one) => one.unicode)).size).toBe(all.length);
});

it("gives a sign in the tone chosen, and as it is when it has none", () => {
  const [thumb] = find(all, "thumbs up");
  const [party] = find(all, "cotillons");
  expect(thumb && toned(thumb, 3)).toBe("👍🏽");
  expect(thumb && toned(thumb, 0)).toBe(thumb?.unicode);
  expect(party && toned(party, 3)).toBe(party?.unicode);
});

it("has only signs that the server takes", () => {
  const picture =
    "[\\u00a9\\u00ae\\u203c\\u2049\\u2122\\u2139\\u2194-\\u21aa\\u231a-\\u23ff\\u24c2\\u25aa-\\u25fe\\u2600-\\u27bf\\u2934\\u2935\\u2b05-\\u2b55\\u3030\\u303d\\u3297\\u3299\\u{1f004}-\\u{1f1ad}\\u{1f201}-\\u{1f3fa}\\u{1f400}-\\u{1faff}]";
  const part = `${picture}(?:\\ufe0f|[\\u{1f3fb}-\\u{1f3ff}])?(?:[\\u{e0020}-\\u{e007e}]{1,8}\\u{e007f})?`;
  const sign = new RegExp(`^(?:${part}(?:\\u200d${part}){0,6}|[0-9#*]\\ufe0f?\\u20e3|[\\u{1f1e6}-\\u{1f1ff}]{2})$`, "u");
  const refused = all.flatMap((one) => [one.unicode, ...one.tones]).filter((one) => !sign.test(one) || [...one].length > 40);
  expect(refused).toEqual([]);
});
