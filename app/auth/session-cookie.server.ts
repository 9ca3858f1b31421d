import { createHash, randomBytes } from "node:crypto";
import { createCookie } from "@remix-run/node";
import { hostCookie, secureCookies } from "#app/http/host-cookie.server.ts";
import { env } from "#app/process/env.server.ts";

/** Used or not, a session ends then. */
export const SESSION_SECONDS = 14 * 24 * 60 * 60;
const TOKEN_BYTES = 32;

/** Where a session's row is found. */
export interface SessionKey {
  companyId: number;
  /** SHA-256 of the cookie's token, hex. */
  tokenHash: string;
}

/** Sessions are rows: the signed cookie carries the company and a random token, the row only its hash. */
const cookie = createCookie(hostCookie("session"), {
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secrets: env.SESSION_SECRET,
  secure: secureCookies,
  maxAge: SESSION_SECONDS,
});

/**
 * What the request's cookie says, before any look into the database.
 *
 * @returns undefined when there is no cookie of ours; a key may still be of no session
 */
export async function sessionKey(request: Request): Promise<SessionKey | undefined> {
  return parseId(await cookie.parse(request.headers.get("Cookie")));
}

/** @returns a session's cookie as a Set-Cookie header, and the hash that its row must have for it */
export async function newToken(companyId: number) {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return {
    setCookie: await cookie.serialize(`${companyId}.${token}`),
    tokenHash: sha256(token),
  };
}

/** @returns the Set-Cookie header by which a browser forgets its session */
export function expiredCookie(): Promise<string> {
  return cookie.serialize("", { expires: new Date(0), maxAge: undefined });
}

function parseId(id: unknown): SessionKey | undefined {
  const [, companyId, token] = /^(\d{1,15})\.([A-Za-z0-9_-]{43})$/.exec(String(id)) ?? [];
  return companyId && token
    ? { companyId: Number(companyId), tokenHash: sha256(token) }
    : undefined;
}

function sha256(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
