import { expect, test } from "vitest";
import { safeNext } from "./safeNext";

test.each([
  ["/w/plan/documents?doc=1", "/w/plan/documents?doc=1"],
  [undefined, "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/connexion?next=/", "/"],
])("after signing in, %s leads to %s", (next, place) => {
  expect(safeNext(next)).toBe(place);
});
