const TOKEN_AT_END = /[?&]form=([\w-]{43})$/;

/** @returns the address with a form's token as the last of its parameters */
export function withCsrfToken(address: string, token: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}form=${token}`;
}

/** The token that withCsrfToken() wrote, if there is one. */
export function csrfTokenIn(address: string): string | undefined {
  return TOKEN_AT_END.exec(address)?.[1];
}

/** The address as it was before withCsrfToken(). */
export function withoutCsrfToken(address: string): string {
  return address.replace(TOKEN_AT_END, "");
}
