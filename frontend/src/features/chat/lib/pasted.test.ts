import { expect, it } from "vitest";
import { fenced, isBlock, putAlone, tableOf } from "./pasted";

const table = "| Poste | Montant |\n| --- | --- |\n| Lits | 1 200 |\n| Eau \\| gaz | 300 |";

it("makes a table of what a spreadsheet copies, as text or as a page", () => {
  expect(tableOf({ text: "Poste\tMontant\nLits\t1 200\nEau | gaz\t300\n", html: "" })).toBe(table);
  const html = "<html><head><style>td{}</style></head><body><table><tr><td>Poste</td><td>Montant</td></tr><tr><td>Lits</td><td>1 200</td></tr><tr><td>Eau | gaz</td><td>300</td></tr></table></body></html>";
  expect(tableOf({ text: "", html })).toBe(table);
});

it("leaves alone what is no table", () => {
  expect(tableOf({ text: "une phrase\tavec un saut", html: "" })).toBeNull();
  expect(tableOf({ text: "un\ndeux\ntrois", html: "" })).toBeNull();
  expect(tableOf({ text: "\tif a:\n\t\treturn b", html: "" })).toBeNull();
  expect(tableOf({ text: "x", html: "<p>Une page</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>" })).toBeNull();
});

it("runs nothing that a clip holds", () => {
  (window as unknown as { hit?: boolean }).hit = false;
  const evil = `<table><tr><td><img src=x onerror="window.hit=true"></td><td>b</td></tr><tr><td><script>window.hit=true</script>c</td><td>d</td></tr></table>`;
  expect(tableOf({ text: "", html: evil })).toBe("|  | b |\n| --- | --- |\n| c | d |");
  expect((window as unknown as { hit?: boolean }).hit).toBe(false);
});

it("puts many lines between fences that nothing in them ends", () => {
  expect(isBlock("a\nb\nc\nd\ne")).toBe(true);
  expect(isBlock("a\nb")).toBe(false);
  expect(fenced("a\n````\nb\n")).toBe("`````\na\n````\nb\n`````");
  expect(putAlone("avant après", 6, 6, "X")).toEqual({ value: "avant \nX\naprès", caret: 9 });
});
