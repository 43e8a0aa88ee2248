import { expect, it } from "vitest";
import { render } from "./markdown";

const shown = (source: string): HTMLElement => {
  const element = document.createElement("div");
  element.innerHTML = render(source);
  return element;
};

it("renders titles, lists and tables under the panel's own title", () => {
  const element = shown("# Un\n\n- a\n- b\n\n| x |\n| - |\n| 1 |");
  for (const tag of ["h3", "ul", "table"]) expect(element.querySelector(tag), tag).not.toBeNull();
});

it.each([
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "![x](https://e.example/i.png)",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "[x](data:text/html,<script>alert(1)</script>)", "<svg onload=alert(1)>",
  "<a href=\"javascript:alert(1)\">x</a>", "<style>*{display:none}</style>", "[x](//evil.example)", "[x](&#106;avascript:alert(1))",
])("R-064: nothing runs and nothing is fetched: %s", (source) => {
  const element = shown(source);
  expect(element.querySelector("script, img, iframe, svg, style, [onerror], [onload]")).toBeNull();
  for (const link of element.querySelectorAll("a")) expect(link.getAttribute("href") ?? "").toMatch(/^(https?:|mailto:|tel:|$)/);
});
