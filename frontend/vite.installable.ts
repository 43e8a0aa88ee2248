/** Makes of the build an application that installs and starts without a network: the worker's list, icons, manifest. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rollup } from "vite";

const ICONS = { "icon-192": "any", "icon-512": "any", "icon-maskable": "maskable", badge: "monochrome" } as const;
const COMMON = ["common", "errors", "shell"];

export function installable(): Plugin {
  return {
    name: "plano-installable",
    apply: "build",
    config: () => ({ build: { rollupOptions: { input: { index: "index.html", sw: "src/worker/worker.ts" }, output: { entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js") } } } }),
    transformIndexHtml: () => [
      { tag: "link", attrs: { rel: "manifest", href: "/manifest.webmanifest" }, injectTo: "head" },
    ],
    buildStart() {
      for (const name of Object.keys(ICONS)) this.emitFile({ type: "asset", name: `${name}.png`, source: readFileSync(`src/app/icons/${name}.png`) });
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const outputs = Object.values(bundle);
        const entry = outputs.find((one): one is Rollup.OutputChunk => one.type === "chunk" && one.isEntry && one.name === "index");
        const worker = bundle["sw.js"];
        if (!entry || worker?.type !== "chunk") throw new Error("the build has no entry or no worker");
        const icon = (name: string): string => {
          const found = outputs.find((one) => one.type === "asset" && one.names.includes(`${name}.png`));
          if (!found) throw new Error(`the build has no ${name}`);
          return `/${found.fileName}`;
        };
        const needed = new Set<string>();
        const take = (chunk: Rollup.OutputBundle[string] | undefined): void => {
          if (chunk?.type !== "chunk" || needed.has(chunk.fileName)) return;
          needed.add(chunk.fileName);
          for (const css of chunk.viteMetadata?.importedCss ?? []) needed.add(css);
          for (const next of chunk.imports) take(bundle[next]);
        };
        take(entry);
        for (const one of outputs) {
          if (one.type !== "chunk") continue;
          const words = /locales\/\w+\/(\w+)\.json$/.exec(one.facadeModuleId ?? "");
          if (words?.[1] && COMMON.includes(words[1])) take(one);
        }
        for (const one of outputs) {
          if (one.type === "asset" && /inter-latin-(?!ext)[^/]*\.woff2$/.test(one.fileName)) needed.add(one.fileName);
        }
        const files = [...needed].sort().map((file) => `/${file}`);
        const all = Object.keys(bundle).filter((name) => name !== "sw.js").sort();
        const name = createHash("sha256").update(all.join("\n")).update(worker.code).digest("hex").slice(0, 12);
        const build = { name, entry: `/${entry.fileName}`, files, icon: icon("icon-192"), badge: icon("badge") };
        worker.code = worker.code.replaceAll("__PLANO_BUILD__", () => JSON.stringify(build));
        const manifest = {
          id: "/",
          name: "Plano",
          short_name: "Plano",
          description: "L’espace de travail du service public",
          lang: "fr",
          start_url: "/",
          scope: "/",
          display: "standalone",
          background_color: "#ffffff",
          theme_color: "#1f4bb8",
          icons: Object.entries(ICONS).map(([one, purpose]) => ({ src: icon(one), type: "image/png", sizes: one === "icon-192" ? "192x192" : one === "badge" ? "96x96" : "512x512", purpose })),
        };
        this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: JSON.stringify(manifest) });
      },
    },
  };
}
