import { describe, expect, test } from "vitest";
import { node } from "../lib/testing";
import { previewQuery, previewUrl } from "../previews";
import { isHeld } from "./ScanState";
import { rowsOf, widthsOf } from "./TablePreview";

describe("a table of other people", () => {
  test("finds the separator, keeps quotes and lines inside cells", () => {
    expect(rowsOf('Nom;Rôle\r\n"Martin; Alice";"chef\nde cabinet"\r\n\r\n', false)).toEqual([
      ["Nom", "Rôle"],
      ["Martin; Alice", "chef\nde cabinet"],
    ]);
    expect(rowsOf("a,b\n1,2", false)).toEqual([["a", "b"], ["1", "2"]]);
    expect(rowsOf("a\tb\n1\t2", false)).toEqual([["a", "b"], ["1", "2"]]);
  });
  test("does not tell the half row at the end of a cut file", () => {
    expect(rowsOf("a;b\n1;2\n3", true)).toEqual([["a", "b"], ["1", "2"]]);
  });
  test("formulas are text, an endless row is bounded", () => {
    expect(rowsOf("=1+1;@SUM(A1)", false)).toEqual([["=1+1", "@SUM(A1)"]]);
    expect(widthsOf([Array.from({ length: 5000 }, () => "x".repeat(900))])).toEqual(Array.from({ length: 100 }, () => 40));
    expect(widthsOf([])).toEqual([]);
  });
});

describe("a preview", () => {
  test("is asked for again only while it is being prepared", () => {
    const { refetchInterval } = previewQuery(node("a"), "pdf");
    const at = (state: string, dataUpdateCount = 1): unknown =>
      (refetchInterval as (query: unknown) => unknown)({ state: { data: { state }, dataUpdateCount } });
    expect([at("preparing"), at("ready"), at("refused"), at("preparing", 500)]).toEqual([1000, false, false, false]);
  });
  test("changes its address and its place in the cache with the content and with the antivirus's word", () => {
    const keys = [node("a"), node("a", { content_version: 2 }), node("a", { state: "clean" })].map((one) => JSON.stringify(previewQuery(one, "image").queryKey));
    expect(new Set(keys).size).toBe(3);
    expect(previewUrl(node("a"), "image")).not.toBe(previewUrl(node("a", { content_version: 2 }), "image"));
  });
  test("what the antivirus keeps back is told, nothing else", () => {
    expect((["empty", "unscanned", "checking", "clean", "infected"] as const).filter((state) => isHeld({ state }))).toEqual(["checking", "infected"]);
  });
});
