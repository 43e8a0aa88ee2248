/** The compressed script that the first screens need: the entry, what it imports, one page and its words. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 300;
const folder = process.argv[2] ?? "dist";
const manifest = JSON.parse(readFileSync(`${folder}/assets/manifest.json`, "utf8"));

function withImports(name, found = new Set()) {
  const chunk = manifest[name];
  if (!chunk || found.has(name)) return found;
  found.add(name);
  for (const next of chunk.imports ?? []) withImports(next, found);
  return found;
}

const bytesOf = (names) =>
  [...names]
    .map((name) => manifest[name].file)
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, file) => sum + gzipSync(readFileSync(`${folder}/${file}`), { level: 9 }).length, 0);

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry && name.endsWith(".html"));
const common = ["common", "errors", "shell"].map((name) => `src/locales/fr/${name}.json`);
let failed = false;
const pages = Object.keys(manifest).filter((name) => /\/pages\/\w+Page\.tsx$/.test(name));
for (const page of pages) {
  const feature = page.split("/")[2];
  const names = new Set();
  for (const name of [entry, page, ...common, `src/locales/fr/${feature}.json`]) withImports(name, names);
  const kilobytes = bytesOf(names) / 1000;
  const first = /SignInPage|DeskPage|HomePage/.test(page);
  if (first && kilobytes > LIMIT_KB) failed = true;
  console.log(`${first ? "*" : " "} ${kilobytes.toFixed(1).padStart(7)} kB  ${page.replace("src/features/", "")}`);
}
console.log(`* first screens: at most ${LIMIT_KB} kB of gzip-compressed script`);
process.exit(failed ? 1 : 0);
