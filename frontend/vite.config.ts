import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { installable } from "./vite.installable.ts";

/** Writes `.br` and `.gz` neighbours, which the server sends as they are. */
function compressed(): Plugin {
  return {
    name: "plano-compressed",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post", // Vite writes the addresses of the chunks in its own generateBundle
      handler(_options, bundle) {
        for (const [name, output] of Object.entries(bundle)) {
          if (!/\.(js|mjs|css|svg)$/.test(name)) continue;
          const content = Buffer.from(output.type === "chunk" ? output.code : output.source);
          if (content.length < 1024) continue;
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
          this.emitFile({ type: "asset", fileName: `${name}.br`, source: brotliCompressSync(content, quality) });
          this.emitFile({ type: "asset", fileName: `${name}.gz`, source: gzipSync(content, { level: 9 }) });
        }
      },
    },
  };
}

/** FullCalendar brings its arrows as a font in a data: address, which our CSP refuses and nothing here shows. */
function withoutIconFont(): Plugin {
  return {
    name: "plano-without-icon-font",
    transform: {
      filter: { id: /@fullcalendar[/\\]core/ },
      handler: (code) => (code.includes("@font-face") ? code.replace(/@font-face\{[^}]*fcicons[^}]*\}/, "") : null),
    },
  };
}

const backend = process.env["PLANO_DEV_BACKEND"] ?? "http://localhost:8000";

export default defineConfig({
  plugins: [react(), withoutIconFont(), installable(), compressed()],
  html: { cspNonce: "__CSP_NONCE__" },
  server: { proxy: { "/api": { target: backend, ws: true } } },
  build: {
    target: "es2023",
    sourcemap: false,
    assetsInlineLimit: 0,
    manifest: "assets/manifest.json",
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/shared/testing/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
  },
});
