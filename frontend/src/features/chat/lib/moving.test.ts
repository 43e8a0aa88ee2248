import { expect, it } from "vitest";
import { messageAt, placeFrom } from "./moving";

it("goes by one, by eight, to the ends, and never beyond them", () => {
  expect(placeFrom("ArrowUp", 0, 5)).toBe(0);
  expect(placeFrom("ArrowDown", 3, 5)).toBe(4);
  expect(placeFrom("PageUp", 20, 30)).toBe(12);
  expect(placeFrom("PageDown", 28, 30)).toBe(29);
  expect(placeFrom("Home", 3, 5)).toBe(0);
  expect(placeFrom("End", 0, 5)).toBe(4);
  expect(placeFrom("a", 0, 5)).toBeNull();
  expect(placeFrom("End", -1, 0)).toBeNull();
});

it("takes keys on a message and its buttons, never from a field, a menu or somewhere else", () => {
  document.body.innerHTML = `
    <div id="list"><article data-message="m" id="m"><button id="b"></button><textarea id="t"></textarea>
      <div role="menu"><button id="in"></button></div></article></div><button id="out"></button>`;
  const at = (id: string) => messageAt(document.getElementById("list") ?? document.body, document.getElementById(id))?.id;
  expect([at("m"), at("b"), at("t"), at("in"), at("out")]).toEqual(["m", "m", undefined, undefined, undefined]);
});
