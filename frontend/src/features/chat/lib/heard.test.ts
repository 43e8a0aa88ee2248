import { expect, it } from "vitest";
import { newsTo, sentenceOf } from "./heard";
import { message } from "./testing";

const by = (id: string) => ({ ...message(1).author, id, name: id });

it("hears the words of others once, and neither one's own nor what is deleted or tells what happened", () => {
  const items = [
    message(1),
    message(2, { author: by("me") }),
    message(3, { deleted_at: "2026-11-23T09:00:00Z" }),
    message(4, { system: { verb: "left", people: [] } }),
    message(5),
  ];
  expect(newsTo("me", items, 1).map((one) => one.seq)).toEqual([5]);
  // an edit or a sign changes the version of a message, never its number
  expect(newsTo("me", items.map((one) => ({ ...one, version: 9 })), 5)).toEqual([]);
});

it("says ten messages of three people in one sentence", () => {
  const burst = Array.from({ length: 10 }, (_, index) => message(index, { author: by(["a", "b", "c"][index % 3] ?? "a") }));
  expect(sentenceOf(burst, String)).toEqual({ key: "list.several", values: { count: 10, people: 3 } });
  expect(sentenceOf(burst.slice(0, 1), String)).toEqual({ key: "list.said", values: { name: "a", text: "n° 0" } });
  expect(sentenceOf(burst.filter((one) => one.author.id === "b"), String)).toEqual({ key: "list.several_by", values: { count: 3, name: "b" } });
  expect(sentenceOf([], String)).toBeNull();
});
