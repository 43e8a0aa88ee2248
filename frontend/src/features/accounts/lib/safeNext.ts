/** Where to go after signing in: only an address of ours. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith("/") || next.startsWith("//") || next.startsWith("/\\") || next.startsWith("/connexion")) return "/";
  return next;
}
