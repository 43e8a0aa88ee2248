import { expect, it } from "vitest";
import { ApiProblem, NetworkFailure } from "../../../shared/api/problem";
import type { Mark } from "../api";
import { Marks } from "./marks";

const told: string[] = [];
let answer: (channel: string, seq: number) => Promise<Mark>;
const marks = new Marks((channel, seq) => {
  told.push(`${channel} ${seq}`);
  return answer(channel, seq);
});
const yes = (channel_id: string, seq: number): Promise<Mark> => Promise.resolve({ channel_id, seq } as Mark);
const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 0));

it("says again what was read without a network, the latest of each place, once", async () => {
  answer = () => Promise.reject(new NetworkFailure("cut"));
  for (const [channel, seq] of [["a", 4], ["a", 7], ["b", 2], ["c", 1]] as const) expect(await marks.say(channel, seq)).toBeNull();
  marks.forget("c"); // marked as unread since
  told.length = 0;
  answer = yes;
  const heard: number[] = [];
  marks.sayAgain((mark) => heard.push(mark.seq));
  await settle();
  marks.sayAgain((mark) => heard.push(mark.seq));
  await settle();
  expect([told, heard]).toEqual([["a 7", "b 2"], [7, 2]]);
});

it("does not ask again for what was refused", async () => {
  answer = () => Promise.reject(new ApiProblem({ status: 404, code: "not_found", title: "", errors: {}, requestId: "", retryAfter: null }));
  await marks.say("a", 9);
  told.length = 0;
  marks.sayAgain(() => undefined);
  expect(told).toEqual([]);
});
