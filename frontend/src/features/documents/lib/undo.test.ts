import { expect, it, vi } from "vitest";
import { each, work } from "./each";
import { offerUndo, undoLast, whileActing } from "./undo";

it("takes the latest act of this workspace back, and each act once", async () => {
  const acts: string[] = [];
  const act = (name: string) => () => Promise.resolve(acts.push(name));
  offerUndo("un", "w", act("one"));
  offerUndo("deux", "w", act("two"));
  offerUndo("ailleurs", "x", act("elsewhere"));
  expect(await undoLast("w")).toBe(true);
  expect(await undoLast("w")).toBe(true);
  expect(await undoLast("w")).toBe(false);
  expect(acts).toEqual(["two", "one"]);
});

it("goes on after a refusal, tells how far it is, and stops when asked", async () => {
  const seen: (number | undefined)[] = [];
  const act = vi.fn((item: number) => {
    seen.push(work.get()?.done);
    if (item === 25) work.get()?.stop();
    return item === 3 ? Promise.reject(new Error("no")) : Promise.resolve(item);
  });
  const { done, failure } = await each(Array.from({ length: 40 }, (_, index) => index), act);
  expect([done.length, act.mock.calls.length, seen[10], work.get()]).toEqual([25, 26, 10, null]);
  expect(failure).toBeInstanceOf(Error);
});

it("waits for an act that is under way, and takes that one back", async () => {
  const acts: string[] = [];
  void whileActing(Promise.resolve().then(() => offerUndo("supprimé", "w", () => Promise.resolve(acts.push("back")))));
  expect(await undoLast("w")).toBe(true);
  expect(acts).toEqual(["back"]);
});
