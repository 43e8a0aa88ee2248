/** The browser's proof that a write comes from our own page (double submit). */
const COOKIE = /(?:^|;\s*)(?:__Host-)?plano_csrf=([^;]+)/;

export function csrfToken(): string {
  return COOKIE.exec(document.cookie)?.[1] ?? "";
}

/** Asks for a fresh cookie; the token also comes in the body. */
export async function freshCsrfToken(): Promise<string> {
  const response = await fetch("/api/v1/csrf", { credentials: "same-origin" });
  const body: unknown = await response.json();
  return typeof body === "object" && body !== null && "token" in body ? String(body.token) : csrfToken();
}
