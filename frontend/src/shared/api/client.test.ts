import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { answer, http } from "./client";
import { ApiProblem, NetworkFailure } from "./problem";
import { onSessionEnded } from "./sessionEnded";

const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ status, code, title: code, errors: { name: "too_long" }, request_id: "r-1" }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });

const calls: Request[] = [];
let replies: (() => Response | Promise<Response>)[] = [];

beforeEach(() => {
  calls.length = 0;
  document.cookie = "plano_csrf=jeton";
  vi.stubGlobal("fetch", (input: Request | string) => {
    calls.push(input instanceof Request ? input : new Request(new URL(input, window.location.origin)));
    const reply = replies.shift();
    if (!reply) throw new Error("no reply left");
    return Promise.resolve(reply());
  });
});
afterEach(() => vi.unstubAllGlobals());

const save = (): Promise<unknown> => answer(http.PATCH("/api/v1/me", { body: { name: "Alice" } }));

test("a write carries the CSRF proof, a read does not", async () => {
  replies = [() => Response.json({ id: "1" }), () => Response.json({ id: "1" })];
  await save();
  await answer(http.GET("/api/v1/me"));
  expect(calls.map((call) => call.headers.get("X-CSRF-Token"))).toEqual(["jeton", null]);
});

test("a stale CSRF cookie is renewed and the write sent once more", async () => {
  replies = [() => problem(403, "csrf_failed"), () => Response.json({ token: "neuf" }), () => Response.json({ id: "1" })];
  await save();
  expect(calls.map((call) => `${call.method} ${new URL(call.url).pathname}`)).toEqual(["PATCH /api/v1/me", "GET /api/v1/csrf", "PATCH /api/v1/me"]);
  expect(calls[2]?.headers.get("X-CSRF-Token")).toBe("neuf");
  expect(await calls[2]?.json()).toEqual({ name: "Alice" });
});

test("a refusal keeps its code, its fields and its support code", async () => {
  replies = [() => problem(429, "too_many_attempts", { "Retry-After": "120" })];
  const error = await save().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiProblem);
  expect(error).toMatchObject({ status: 429, code: "too_many_attempts", errors: { name: "too_long" }, requestId: "r-1", retryAfter: 120 });
});

test("an answer that is no JSON is still a refusal", async () => {
  replies = [() => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Content-Type": "text/html" } })];
  expect(await save().catch((reason: unknown) => reason)).toMatchObject({ status: 502, code: "server_error" });
});

test("no network is told apart", async () => {
  replies = [() => Promise.reject(new TypeError("Failed to fetch"))];
  expect(await save().catch((reason: unknown) => reason)).toBeInstanceOf(NetworkFailure);
});

test("a session that is over is said; wrong credentials are not that", async () => {
  const heard = vi.fn();
  const stop = onSessionEnded(heard);
  replies = [() => problem(401, "wrong_credentials"), () => problem(401, "sign_in_required")];
  await save().catch(() => null);
  expect(heard).not.toHaveBeenCalled();
  await save().catch(() => null);
  expect(heard).toHaveBeenCalledOnce();
  stop();
});
