/** What can go wrong with a request, as the rest of the client sees it. */

/** A refusal in the server's own words (RFC 9457). Decide by `code`, never by the title. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  /** Seconds, when the server asked to wait. */
  readonly retryAfter: number | null;

  constructor(fields: {
    status: number;
    code: string;
    title: string;
    errors: Record<string, unknown>;
    requestId: string;
    retryAfter: number | null;
  }) {
    super(fields.title || fields.code);
    this.name = "ApiProblem";
    this.status = fields.status;
    this.code = fields.code;
    this.errors = fields.errors;
    this.requestId = fields.requestId;
    this.retryAfter = fields.retryAfter;
  }
}

/** The request did not reach the server, or its answer did not come back. */
export class NetworkFailure extends Error {
  constructor(cause: unknown) {
    super("network_failure", { cause });
    this.name = "NetworkFailure";
  }
}

export function isProblem(error: unknown, ...codes: string[]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code));
}

export function problemOf(response: Response, body: unknown): ApiProblem {
  const fields = isRecord(body) ? body : {};
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new ApiProblem({
    status: response.status,
    code: text(fields["code"]) || (response.status >= 500 ? "server_error" : "invalid"),
    title: text(fields["title"]),
    errors: isRecord(fields["errors"]) ? fields["errors"] : {},
    requestId: text(fields["request_id"]),
    retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
