import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { grammarOf } from "../lib/code";
import Coloured from "./Coloured";

test("code has colours, and every character of it stays where it was", () => {
  const text = 'const a = "<b>"; // l’été\n\treturn 1 < 2 && a;';
  const { container } = render(<Coloured text={text} grammar="javascript" />);
  expect(container.textContent).toBe(text);
  expect(container.querySelector(".keyword")?.textContent).toBe("const");
  expect(container.querySelector(".string")?.textContent).toBe('"<b>"');
});

test.each(["xml", "javascript", "php", "diff", "yaml"] as const)("nothing of a hostile %s becomes an element", (grammar) => {
  const text = `<img src=x onerror="window.__owned=1"><script>window.__owned=1</script><svg onload=alert(1)>\n"}]{${"<".repeat(500)}`;
  const { container } = render(<Coloured text={text} grammar={grammar} />);
  expect(container.textContent).toBe(text);
  expect([...container.querySelectorAll("*")].map((found) => found.tagName).filter((name) => name !== "SPAN" && name !== "DIV")).toEqual(["CODE"]);
  expect([...container.querySelectorAll("span")].flatMap((found) => found.getAttributeNames()).filter((name) => name !== "class")).toEqual([]);
});

test("the extension decides the grammar; words have none", () => {
  expect([grammarOf("plan.PY"), grammarOf("a.b.yml"), grammarOf("note.txt"), grammarOf("sans")]).toEqual(["python", "yaml", null, null]);
});
