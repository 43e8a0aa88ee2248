/** From a failure to the sentence that a person reads. */
import type { TFunction } from "i18next";
import { ApiProblem, NetworkFailure } from "./problem";

/** The sentence for an error, by its code; the support code is shown apart (`supportCode`). */
export function sentenceFor(error: unknown, t: TFunction): string {
  if (error instanceof NetworkFailure) return t("errors:network_failure");
  if (error instanceof ApiProblem) {
    if (error.code === "too_many_attempts" || error.status === 429) {
      const minutes = Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60));
      return t("errors:too_many_attempts", { count: minutes });
    }
    const told = typeof error.errors["owner"] === "string" ? { ...error.errors, context: "by" } : {}; // who is in the way
    return t([`errors:${error.code}`, error.status >= 500 ? "errors:server_error" : "errors:unknown"], told);
  }
  return t("errors:unknown");
}

/** What support can look up. */
export function supportCode(error: unknown): string | null {
  return error instanceof ApiProblem && error.requestId !== "" ? error.requestId : null;
}

/** The sentence under one field of a form: `errors` of a problem carries `{field: code}`. */
export function fieldError(error: unknown, field: string, t: TFunction): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const found = error.errors[field];
  const code = Array.isArray(found) ? found[0] : found;
  return typeof code === "string" ? t([`errors:${code}`, "errors:field_invalid"], { ...error.errors }) : undefined;
}
