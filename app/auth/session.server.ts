import { createHash, randomBytes } from "node:crypto";
import { type AppLoadContext, createCookie } from "@remix-run/node";
import { hostCookie, secureCookies } from "#app/http/host-cookie.server.ts";
import { clientAddress } from "#app/http/load-context.ts";
import {
  createSession,
  deleteSession,
  touchSession,
} from "#app/models/sessions/sessions.server.ts";
import { env } from "#app/process/env.server.ts";
import { log } from "#app/process/log.server.ts";
import { clientOf } from "./client.server.ts";
import { companyScope } from "./company-scope.server.ts";

/** Used or not, a session ends then. */
const SESSION_SECONDS = 14 * 24 * 60 * 60;
/** How far behind the time of a session's last use may be: not every request is worth a write. */
const TOUCH_EVERY_MS = 5 * 60 * 1000;
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

/**
 * Starts a session, always a new one, in the place of the one that the request's browser had.
 *
 * @returns the Set-Cookie header
 */
export async function startSession(
  { companyId, userId }: { companyId: number; userId: number },
  request: Request,
  context: AppLoadContext,
): Promise<string> {
  await deleteRequestSession(request, context);
  const { setCookie, tokenHash } = await newToken(companyId);
  const expiresAt = new Date(Date.now() + SESSION_SECONDS * 1000);
  const session = { tokenHash, userId, expiresAt, ...clientOf(request, context) };
  await createSession(companyScope(companyId), session);
  return setCookie;
}

/** @returns a session's cookie as a Set-Cookie header, and the hash that its row must have for it */
export async function newToken(companyId: number) {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return {
    setCookie: await cookie.serialize(`${companyId}.${token}`),
    tokenHash: sha256(token),
  };
}

/**
 * Ends the request's session here and in the browser.
 *
 * @returns the Set-Cookie header
 */
export async function endSession(request: Request, context: AppLoadContext): Promise<string> {
  await deleteRequestSession(request, context);
  return cookie.serialize("", { expires: new Date(0), maxAge: undefined });
}

/**
 * Notes a request by a session: without any for days, it ends. Nobody waits for it, and a failure
 * is only logged.
 *
 * @param lastUsedAt as the session's row has it
 */
export function noteUse({ companyId, tokenHash }: SessionKey, lastUsedAt: Date): void {
  const now = new Date();
  if (now.getTime() - lastUsedAt.getTime() < TOUCH_EVERY_MS) return;
  touchSession(companyScope(companyId), tokenHash, now).catch((err: unknown) => {
    log.error({ event: "session.use_not_noted", err });
  });
}

async function deleteRequestSession(request: Request, context: AppLoadContext): Promise<void> {
  const key = await sessionKey(request);
  if (!key) return;
  const address = clientAddress(context) || undefined;
  await deleteSession(companyScope(key.companyId), key.tokenHash, address);
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
