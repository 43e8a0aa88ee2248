import { expect, it } from "vitest";
import { asked, matching, named, namedIn } from "./mentions";

const people = [
  { id: "1", name: "Alice Martin" },
  { id: "2", name: "Chloé Nguyen" },
];

it("knows when a name is being typed", () => {
  expect(asked("Bonjour @al", 11)).toEqual({ start: 8, text: "al" });
  expect(asked("@", 1)).toEqual({ start: 0, text: "" });
  expect(asked("@Alice Ma", 9)).toEqual({ start: 0, text: "Alice Ma" });
});

it("does not take an address for a name", () => {
  expect(asked("a@example", 9)).toBeNull();
  expect(asked("@ bonjour", 9)).toBeNull();
  expect(asked("@x\ny", 4)).toBeNull();
});

it("finds people by the beginning of any of their names, without accents", () => {
  expect(matching(people, "chloe").map((one) => one.id)).toEqual(["2"]);
  expect(matching(people, "ng chl").map((one) => one.id)).toEqual(["2"]);
  expect(matching(people, "lice")).toEqual([]);
});

it("puts the name in the text and the caret after it", () => {
  expect(named("à @al ce soir", { start: 2, text: "al" }, "Alice Martin")).toEqual({ value: "à @Alice Martin ce soir", caret: 16 });
  expect(named("@al", { start: 0, text: "al" }, "Alice Martin")).toEqual({ value: "@Alice Martin ", caret: 14 });
});

it("knows who is named", () => {
  expect(namedIn("pour @Chloé Nguyen", people).map((one) => one.id)).toEqual(["2"]);
});
