/** The nonce of this page: styles made at run time carry it, so that the policy needs no `unsafe-inline`. */
export function styleNonce(): string {
  return document.querySelector<HTMLElement>("meta[property=csp-nonce]")?.nonce ?? "";
}

/** For libraries that look for a global (react-remove-scroll). */
export function announceNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
