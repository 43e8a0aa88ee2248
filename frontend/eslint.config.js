import js from "@eslint/js";
import { importX } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { globSync } from "node:fs";
import tseslint from "typescript-eslint";

const features = globSync("src/features/*").map((path) => path.split("/").at(-1));

/** shared → features → app; a feature never imports another one. */
const zones = [
  { target: "./src/shared", from: ["./src/features", "./src/app"], message: "shared/ knows no feature and no app." },
  { target: "./src/features", from: "./src/app", message: "A feature does not know app/." },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: "./src/features",
    except: [`./${feature}`],
    message: "A feature never imports another feature: app/ composes them.",
  })),
];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/shared/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [...tseslint.configs.strict, reactHooks.configs.flat["recommended-latest"], jsxA11y.flatConfigs.strict],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { "import-x/resolver": { node: { extensions: [".ts", ".tsx", ".js", ".css", ".svg"] } } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-duplicates": "error",
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(\\.\\./)+features/[^/]+/?(index)?$", message: "No barrel: import the file you need." }] },
      ],
      "no-restricted-globals": ["error", { name: "fetch", message: "Requests go through shared/api/client." }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "jsx-a11y/no-autofocus": "off",
      "jsx-a11y/no-redundant-roles": ["error", { ul: ["list"], ol: ["list"], nav: ["navigation"] }],
      "react-hooks/incompatible-library": "off",
      eqeqeq: "error",
      "no-console": ["error", { allow: ["error", "warn"] }],
    },
  },
  {
    files: ["src/shared/api/**", "src/**/*.test.{ts,tsx}", "src/shared/testing/**"],
    rules: { "no-restricted-globals": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["tools/**", "eslint.config.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", Buffer: "readonly", URL: "readonly" } },
  },
);
