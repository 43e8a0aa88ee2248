import { expect, test } from "vitest";
import { environmentProblem, problemOf, remember, remembered } from "./devices";

test.each([
  ["NotAllowedError", "Permission denied", "denied"],
  ["NotAllowedError", "Permission denied by system", "denied_by_system"],
  ["SecurityError", "", "denied"],
  ["NotReadableError", "Could not start video source", "in_use"],
  ["AbortError", "Starting videoinput failed", "in_use"],
  ["NotFoundError", "Requested device not found", "not_found"],
  ["OverconstrainedError", "", "not_found"],
  ["TypeError", "", "failed"],
])("%s « %s » is told as %s", (name, message, problem) => {
  expect(problemOf(new DOMException(message, name))).toBe(problem);
});

test("an insecure page and an old browser are told before anything is asked", () => {
  Object.defineProperty(window, "isSecureContext", { value: false, configurable: true });
  expect(environmentProblem()).toBe("insecure");
  Object.defineProperty(window, "isSecureContext", { value: true, configurable: true });
  expect(environmentProblem()).toBe("unsupported");
});

test("the chosen devices are remembered, and a broken memory is no harm", () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  remember("camera", "a", storage);
  remember("microphone", "b", storage);
  expect(remembered(storage)).toEqual({ camera: "a", microphone: "b" });
  expect(remembered({ getItem: () => "{" })).toEqual({});
});
