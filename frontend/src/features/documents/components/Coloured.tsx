import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import style from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import php from "highlight.js/lib/languages/php";
import powershell from "highlight.js/lib/languages/powershell";
import python from "highlight.js/lib/languages/python";
import r from "highlight.js/lib/languages/r";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";
import { Fragment, useMemo } from "react";
import type { Grammar } from "../lib/code";
import css from "./Coloured.module.css";

const grammars = { bash, c, cpp, css: style, diff, go, ini, java, javascript, json, php, powershell, python, r, rust, sql, typescript, xml, yaml };
const lowlight = createLowlight(grammars satisfies Record<Grammar, unknown>);

type Piece = ReturnType<typeof lowlight.highlight>["children"][number];

/** Code in colours: a tree of words and kinds becomes elements of ours. Nothing of the file is ever HTML. */
export default function Coloured({ text, grammar }: { text: string; grammar: Grammar }): React.JSX.Element {
  const pieces = useMemo(() => lowlight.highlight(grammar, text).children, [text, grammar]);
  return <code className={css.code}>{pieces.map(drawn)}</code>;
}

function drawn(piece: Piece, index: number): React.ReactNode {
  if (piece.type === "text") return <Fragment key={index}>{piece.value}</Fragment>;
  if (piece.type !== "element") return null;
  return (
    <span key={index} className={kindOf(piece.properties["className"])}>
      {(piece.children as Piece[]).map(drawn)}
    </span>
  );
}

/** `hljs-title function_` is a title. */
function kindOf(names: unknown): string | undefined {
  const first = Array.isArray(names) ? String(names[0]) : "";
  return css[first.replace("hljs-", "")];
}
