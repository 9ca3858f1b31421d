const HOME = "/conversations";
/** Never resolves to an origin that could be asked for, so any other origin stands out. */
const NOWHERE = "https://app.invalid";

/**
 * The place to go after sign-in: a path of this application, or the inbox when what was asked
 * for would leave it ("//evil.test", "/\evil.test", "javascript:…").
 */
export function localPath(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/")) return HOME;
  if (!URL.canParse(wanted, NOWHERE)) return HOME;
  const url = new URL(wanted, NOWHERE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "/..//evil.test" is normalised to "//evil.test", which a browser reads as a host.
  return url.origin === NOWHERE && !path.startsWith("//") ? path : HOME;
}
