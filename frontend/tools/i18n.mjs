/** Words: every key that the code uses exists in fr and en, none is left over, none was left untranslated. */
import { globSync, readFileSync } from "node:fs";

const LANGUAGES = ["fr", "en"];
const PLURAL = /_(zero|one|two|few|many|other)$/;
const problems = [];

function flat(value, prefix = "", found = {}) {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof inner === "string") found[name] = inner;
    else flat(inner, name, found);
  }
  return found;
}

const words = {};
for (const language of LANGUAGES)
  for (const file of globSync(`src/locales/${language}/*.json`)) {
    const namespace = file.split("/").at(-1).replace(".json", "");
    (words[namespace] ??= {})[language] = flat(JSON.parse(readFileSync(file, "utf8")));
  }

// the same in both, rightly: names, marks, words that are alike
const ALIKE = new Set(JSON.parse(readFileSync(new URL("./alike.json", import.meta.url), "utf8")));
for (const [namespace, { fr = {}, en = {} }] of Object.entries(words)) {
  for (const key of Object.keys(fr)) if (!(key in en)) problems.push(`en/${namespace}: missing ${key}`);
  for (const key of Object.keys(en)) if (!(key in fr)) problems.push(`fr/${namespace}: missing ${key}`);
  for (const [key, text] of Object.entries(fr)) {
    const bare = text.replace(/\{\{.*?\}\}|<.*?>/g, "").trim();
    if (text === en[key] && /\p{L}{3}/u.test(bare) && !ALIKE.has(text)) problems.push(`en/${namespace}: untranslated ${key} (“${text}”)`);
    if (/ [;!?»]|« /.test(text)) problems.push(`fr/${namespace}: ${key} needs a no-break space (“${text}”)`);
    if (/\p{L}'\p{L}/u.test(text)) problems.push(`fr/${namespace}: ${key} needs ’ instead of ' (“${text}”)`);
    if (/ :/.test(text)) problems.push(`fr/${namespace}: ${key} needs a no-break space before the colon`);
  }
}

const used = {};
const prefixes = {};
const mark = (namespace, key) => (used[namespace] ??= new Set()).add(key);
const markPrefix = (namespace, prefix) => (prefixes[namespace] ??= new Set()).add(prefix);
const known = (namespace, key) => {
  const keys = Object.keys(words[namespace]?.fr ?? {});
  return keys.includes(key) || keys.some((name) => name.replace(PLURAL, "") === key);
};
const LITERAL = /(?:\bt|\bi18next\.t|\btx)\(\s*\[?\s*(["'])((?:(?!\1).)+)\1/g;
const TEMPLATE = /(?:\bt|\bi18next\.t|\btx)\(\s*\[?\s*`([^`]*)`/g;
const QUOTED = /["'`]((?:[a-z]+:)?[a-z_0-9]+(?:\.[a-z_0-9]+)*)["'`]/gi;

for (const file of globSync("src/**/*.{ts,tsx}")) {
  if (/\.test\.tsx?$|schema\.d\.ts$/.test(file)) continue;
  const code = readFileSync(file, "utf8");
  const own = file.split("/")[1] === "features" ? file.split("/")[2] : file.startsWith("src/app") ? "shell" : "common";
  const declared = [...code.matchAll(/useTranslation\(\s*\[?\s*["']([a-z]+)["']/g)].map((match) => match[1]);
  const homes = [...new Set([...declared, own, "common"])];
  const resolve = (key) => {
    if (key.includes(":")) {
      const [namespace, name] = key.split(":");
      return known(namespace, name) ? [namespace, name] : null;
    }
    const home = homes.find((namespace) => known(namespace, key));
    return home ? [home, key] : null;
  };
  for (const [, , key] of code.matchAll(LITERAL)) {
    const found = resolve(key);
    if (found) mark(...found);
    else if (/^[a-z_]+(:|\.|$)/i.test(key) && !key.includes(" ")) problems.push(`${file}: no words for “${key}”`);
  }
  for (const [, template] of code.matchAll(TEMPLATE)) {
    const start = template.split("${")[0];
    const [namespace, prefix] = start.includes(":") ? start.split(":") : [null, start];
    for (const home of namespace ? [namespace] : homes) markPrefix(home, prefix);
  }
  for (const [, key] of code.matchAll(QUOTED)) {
    const found = resolve(key);
    if (found) mark(...found);
  }
}
markPrefix("errors", "");
for (const [namespace, { fr = {} }] of Object.entries(words))
  for (const key of Object.keys(fr)) {
    const base = key.replace(PLURAL, "");
    const isUsed =
      used[namespace]?.has(key) ||
      used[namespace]?.has(base) ||
      [...(prefixes[namespace] ?? [])].some((prefix) => (prefix === "" ? namespace === "errors" : key.startsWith(prefix)));
    if (!isUsed) problems.push(`${namespace}: unused ${key}`);
  }

for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? "i18n: fr and en are complete" : `i18n: ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
