const TOKEN_AT_END = /[?&]form=([\w-]{43})$/;

/** @returns the address with a form's token as the last of its parameters */
export function withFormToken(address: string, token: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}form=${token}`;
}

/** The token that withFormToken() wrote, if there is one. */
export function formTokenIn(address: string): string | undefined {
  return TOKEN_AT_END.exec(address)?.[1];
}

/** The address as it was before withFormToken(). */
export function withoutFormToken(address: string): string {
  return address.replace(TOKEN_AT_END, "");
}
