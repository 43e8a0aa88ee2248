import { beforeEach, expect, it, vi } from "vitest";
import { ApiProblem, NetworkFailure } from "../../../shared/api/problem";
import type { Message } from "../api";
import { Outbox, type OutboxPorts } from "./outbox";
import type { Waiting } from "./store";
import { message } from "./testing";

const waiting = (id: string, fields: Partial<Waiting> = {}): Waiting => ({
  id, user: "me", channel: "c", thread: null, text: id, mentions: [], at: Number(id.slice(1)), refused: null, ...fields,
});
const problem = (status: number, code: string, retryAfter: number | null = null): ApiProblem =>
  new ApiProblem({ status, code, title: "", errors: {}, requestId: "", retryAfter });

let disk: Map<string, Waiting>;
let posted: string[];
let tabs: Set<() => void>;
let arrived: Message[];
let answer: (one: Waiting) => Promise<Message>;

const ports = (): OutboxPorts => ({
  post: (one) => {
    posted.push(one.id);
    return answer(one);
  },
  arrived: (one) => arrived.push(one),
  load: (user) => Promise.resolve([...disk.values()].filter((one) => one.user === user).sort((a, b) => a.at - b.at)),
  keep: (one) => Promise.resolve(disk.set(one.id, one)),
  drop: (id) => Promise.resolve(disk.delete(id)),
  alone: (_channel, act) => act(),
  say: () => {
    for (const tell of tabs) tell();
  },
  hear: (changed) => {
    tabs.add(changed);
    return () => tabs.delete(changed);
  },
});
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  disk = new Map();
  posted = [];
  tabs = new Set();
  arrived = [];
  answer = (one) => Promise.resolve(message(one.at, { id: one.id }));
});

it("keeps a message before it leaves, and drops it when the server has it", async () => {
  let keptFirst = false;
  answer = (one) => {
    keptFirst = disk.has(one.id);
    return Promise.resolve(message(1, { id: one.id }));
  };
  const outbox = new Outbox(ports());
  await outbox.start("me");
  await outbox.send(waiting("m1"));
  await settle();
  expect(keptFirst).toBe(true);
  expect([disk.size, outbox.items.get().length, arrived.length]).toEqual([0, 0, 1]);
});

it("R-134 waits for the network and then sends all, once, in order", async () => {
  const outbox = new Outbox(ports());
  await outbox.start("me");
  answer = () => Promise.reject(new NetworkFailure("cut"));
  for (const id of ["m1", "m2", "m3"]) await outbox.send(waiting(id));
  await settle();
  expect(disk.size).toBe(3);
  answer = (one) => Promise.resolve(message(one.at, { id: one.id }));
  posted = [];
  outbox.flush();
  await settle();
  expect(posted).toEqual(["m1", "m2", "m3"]);
  expect(arrived.map((one) => one.id)).toEqual(["m1", "m2", "m3"]);
});

it("R-134 survives a reload: what was waiting goes with the same key", async () => {
  disk = new Map([["m1", waiting("m1")], ["m2", waiting("m2")], ["x", waiting("m9", { user: "somebody else" })]]);
  await new Outbox(ports()).start("me");
  await settle();
  expect(posted).toEqual(["m1", "m2"]);
});

it("tries again by itself after a failure of the server, and when it was asked to wait", async () => {
  const outbox = new Outbox(ports());
  await outbox.start("me");
  const failures = [problem(503, "unavailable"), problem(429, "too_many_messages", 5)];
  answer = (one) => {
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve(message(1, { id: one.id }));
  };
  await outbox.send(waiting("m1"));
  await vi.advanceTimersByTimeAsync(1100);
  expect(posted).toEqual(["m1", "m1"]);
  await vi.advanceTimersByTimeAsync(4000);
  expect(posted).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1100);
  expect([posted.length, disk.size]).toEqual([3, 0]);
});

it("keeps a refused message with its reason, lets the next go, and sends it again when asked", async () => {
  const outbox = new Outbox(ports());
  await outbox.start("me");
  answer = (one) => (one.id === "m1" ? Promise.reject(problem(413, "message_too_long")) : Promise.resolve(message(2, { id: one.id })));
  await outbox.send(waiting("m1"));
  await outbox.send(waiting("m2"));
  await settle();
  expect(outbox.items.get().map((one) => [one.id, one.refused])).toEqual([["m1", "message_too_long"]]);
  expect(disk.get("m1")?.text).toBe("m1");
  answer = (one) => Promise.resolve(message(1, { id: one.id }));
  await outbox.retry("m1");
  await settle();
  expect(disk.size).toBe(0);
});

it("keeps an urgent message that may not disturb any more, and sends it as any other when asked", async () => {
  const outbox = new Outbox(ports());
  await outbox.start("me");
  answer = (one) => (one.urgent === true ? Promise.reject(problem(429, "urgent_used_up")) : Promise.resolve(message(1, { id: one.id })));
  await outbox.send(waiting("m1", { urgent: true }));
  await settle();
  expect(outbox.items.get().map((one) => one.refused)).toEqual(["urgent_used_up"]);
  await outbox.retry("m1");
  await settle();
  expect(posted).toEqual(["m1", "m1"]);
  expect([disk.size, arrived.map((one) => one.id)]).toEqual([0, ["m1"]]);
});

it("R-045 shows nothing of the last person to the next", async () => {
  const outbox = new Outbox(ports());
  await outbox.start("me");
  answer = () => Promise.reject(new NetworkFailure("cut"));
  await outbox.send(waiting("m1"));
  outbox.stop();
  await outbox.start("other");
  await settle();
  expect(outbox.items.get()).toEqual([]);
});

it("R-134 sends what another tab kept, once, and not what was given up there", async () => {
  const [here, there] = [new Outbox(ports()), new Outbox(ports())];
  answer = () => Promise.reject(new NetworkFailure("cut"));
  await here.start("me");
  await there.start("me");
  for (const id of ["m1", "m2", "m3"]) await here.send(waiting(id));
  await settle();
  expect(there.items.get().map((one) => one.id)).toEqual(["m1", "m2", "m3"]);
  expect(there.stuck.get()).toBe(true);
  await there.forget("m2");
  await settle();
  answer = (one) => Promise.resolve(message(one.at, { id: one.id }));
  posted = [];
  here.stop(); // its tab is closed
  there.flush();
  await settle();
  expect(posted).toEqual(["m1", "m3"]);
  expect([disk.size, there.items.get().length, there.stuck.get()]).toEqual([0, 0, false]);
});

it("keeps the order when the clock goes back, and sends without storage", async () => {
  const outbox = new Outbox({ ...ports(), keep: () => Promise.reject(new Error("full")), load: () => Promise.reject(new Error("none")) });
  await outbox.start("me");
  answer = () => Promise.reject(new NetworkFailure("cut"));
  await outbox.send(waiting("m9"));
  await outbox.send(waiting("m1"));
  await settle();
  answer = (one) => Promise.resolve(message(one.at, { id: one.id }));
  posted = [];
  outbox.flush();
  await settle();
  expect(posted).toEqual(["m9", "m1"]);
});

it("R-134 without a network several channels wait together, and ask no more often the longer it lasts", async () => {
  const outbox = new Outbox(ports());
  await outbox.start("me");
  answer = () => Promise.reject(new NetworkFailure("cut"));
  for (let n = 1; n <= 5; n += 1) await outbox.send(waiting(`m${n}`, { channel: `c${n}` }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(vi.getTimerCount()).toBe(1);
  posted = [];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posted.length).toBeLessThanOrEqual(5 * 4);
});

it("R-134 sends what was said while the sending before it was ending", async () => {
  let end = (): void => undefined;
  const slow: OutboxPorts = {
    ...ports(),
    // the browser gives a lock back a moment later
    alone: async (_channel, act) => {
      await act();
      await new Promise<void>((resolve) => (end = resolve));
    },
  };
  const outbox = new Outbox(slow);
  await outbox.start("me");
  await outbox.send(waiting("m1"));
  await settle();
  await outbox.send(waiting("m2"));
  expect(posted).toEqual(["m1"]);
  end();
  await settle();
  expect(posted).toEqual(["m1", "m2"]);
});

it("sends what waited for a file that another tab has brought here", async () => {
  const file = { id: "u1", name: "plan.pdf", size: 1, type: "", node: null };
  const outbox = new Outbox(ports());
  await outbox.start("me");
  await outbox.send(waiting("m1", { files: [file] }));
  await settle();
  disk.set("m1", waiting("m1", { files: [{ ...file, node: "n1" }] }));
  for (const tell of tabs) tell();
  await settle();
  expect(posted).toEqual(["m1"]);
});

it("R-45 keeps nothing again of somebody who signed out while it was refused", async () => {
  let refuse = (): void => undefined;
  answer = () => new Promise((_, reject) => (refuse = () => reject(problem(403, "forbidden"))));
  const outbox = new Outbox(ports());
  await outbox.start("me");
  await outbox.send(waiting("m1"));
  await settle();
  outbox.stop();
  disk.clear();
  refuse();
  await settle();
  expect(disk.size).toBe(0);
});

it("forgets no file that has come while an older state was being read", async () => {
  const files = ["u1", "u2"].map((id) => ({ id, name: id, size: 1, type: "", node: null }));
  let write = (): void => undefined;
  let slow = false;
  const outbox = new Outbox({
    ...ports(),
    keep: async (one) => {
      if (slow) await new Promise<void>((resolve) => (write = resolve));
      disk.set(one.id, one);
    },
  });
  await outbox.start("me");
  await outbox.send(waiting("m1", { files }));
  await settle();
  slow = true;
  const first = outbox.landed("u1", "n1");
  outbox.flush(); // reads what was kept before
  await settle();
  slow = false;
  await outbox.landed("u2", "n2");
  write();
  await first;
  await settle();
  expect(posted).toEqual(["m1"]);
  expect(outbox.items.get()).toEqual([]);
});
