/**
 * The one way to the server: typed by the OpenAPI document.
 *
 *     const message = await answer(http.POST("/api/v1/channels/{channel_id}/messages", { params, body }));
 *
 * `answer` returns the body or throws `ApiProblem` (the server refused) or `NetworkFailure` (it was not reached).
 */
import createClient, { type Middleware } from "openapi-fetch";
import { csrfToken, freshCsrfToken } from "./csrf";
import { isProblem, NetworkFailure, problemOf } from "./problem";
import type { components, paths } from "./schema";
import { sayThatSessionEnded } from "./sessionEnded";

/** A named schema of the API: `Schema<"MessageOut">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** `fetch` with the CSRF proof, one retry when the cookie was stale, and failures told apart. For bodies too. */
export async function send(request: Request): Promise<Response> {
  if (SAFE.has(request.method)) return reach(request);
  const again = request.clone();
  request.headers.set("X-CSRF-Token", csrfToken());
  const response = await reach(request);
  if (response.status !== 403 || !isProblem(await problemIn(response), "csrf_failed")) return response;
  again.headers.set("X-CSRF-Token", await freshCsrfToken());
  return reach(again);
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NetworkFailure(error);
  }
}

export async function problemIn(response: Response): Promise<unknown> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return problemOf(response, body);
}

const language: Middleware = {
  onRequest({ request }) {
    if (document.documentElement.lang) request.headers.set("Accept-Language", document.documentElement.lang);
  },
};

export const http = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: send,
});
http.use(language);

/** The body of a successful answer; anything else is thrown. */
export async function answer<Call extends { data?: unknown; error?: unknown; response: Response }>(
  call: Promise<Call>,
): Promise<Exclude<Call["data"], undefined>> {
  const { data, error, response } = await call;
  if (response.ok) return data as Exclude<Call["data"], undefined>;
  const problem = problemOf(response, error);
  if (problem.status === 401 && problem.code !== "wrong_credentials") sayThatSessionEnded();
  throw problem;
}

/** Headers of a POST that creates: sending it again makes one thing. */
export function idempotent(id: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": id };
}
